import { isbot } from 'isbot';
import { crawlerPattern, toleratedPattern } from '../../../includes/bots';

const plain = (pattern: string): string => pattern.replace('(?i)', '');
const tolerated = new RegExp(plain(toleratedPattern), 'gi');
const crawlers = new RegExp(plain(crawlerPattern), 'i');
const isCrawler = (agent: string): boolean => crawlers.test(agent.replace(tolerated, 'x'));

/** The patterns without look-around must decide as isbot does. */
describe('bots', () => {
  test.each([
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
    'Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36 Chrome/99.0 Mobile Safari/537.36',
    'Mozilla/5.0 (Linux; Android 14; Google Pixel 8) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) GSA/300.0 NewsSapphire/28.0 Mobile/15E148',
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
    'curl/8.5.0',
    'Java/1.8.0_201',
    'python-requests/2.31.0',
    'UniversalFeedParser/4.2-pre-314-svn +http://feedparser.org/',
    'libhttp/1.0',
  ])('%s', (agent) => {
    expect(isCrawler(agent)).toBe(isbot(agent));
  });

  test('has no look-around, which RE2 lacks', () => {
    expect(crawlerPattern + toleratedPattern).not.toMatch(/\(\?<?[=!]/);
  });
});
