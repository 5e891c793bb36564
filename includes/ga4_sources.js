/**
 * Which sources Google Analytics 4 counts as search engine, social network, video or shopping
 * site: the source categories of its documentation (support.google.com/analytics/answer/9756891).
 * channel_ga4 reads these and nothing else. `channel` reads them too, where our own lists say
 * nothing of a source.
 *
 * `named` stands for a name and its .com: bebo, bebo.com. Of each source everything below its
 * host counts, but for search engines.
 */

/** Yahoo's search has a host for each of these. */
const yahooDoors = `ar at au br ca ch cl co de dk es espanol fi fr hk id in it malaysia mx nl no nz pe
  ph pl se sg th tr tw uk us vn`;

/** @typedef {'search' | 'social' | 'video' | 'shopping'} Ga4Kind */

/** @type {Readonly<Record<Ga4Kind, { named: string, other: string }>>} */
const categories = {
  search: {
    named: 'dogpile google msn naver qwant sogou yahoo yandex',
    other: `360.cn alice aol ask auone avg babylon baidu biglobe biglobe.co.jp biglobe.ne.jp bing
      centrum.cz cn.bing.com cnn comcast conduit cse.google.com daum daum.net duckduckgo ecosia.org
      email.seznam.cz eniro exalead.com excite.com firmy.cz globo go.mail.ru google-play
      googlemybusiness incredimail kvasir lite.qwant.com lycos m.baidu.com m.naver.com
      m.search.naver.com m.sogou.com mail.google.com mail.rambler.ru mail.yandex.ru najdi
      news.google.com ntp.msn.com onet onet.pl rakuten rakuten.co.jp rambler rambler.ru
      search-results search.aol.co.uk search.aol.com search.google.com search.smt.docomo.ne.jp
      search.ukr.net secureurl.ukr.net seznam seznam.cz so.com sp-web.search.auone.jp startsiden
      startsiden.no suche.aol.de terra tut.by ukr virgilio wap.sogou.com webmaster.yandex.ru
      websearch.rakuten.co.jp yahoo.co.jp yandex.by yandex.com.tr yandex.fr yandex.kz yandex.ru
      yandex.ua yandex.uz zen.yandex.ru
      ${words(yahooDoors)
        .map((door) => `${door}.search.yahoo.com`)
        .join(' ')}`,
  },
  social: {
    named: `43things activerain activeworlds addthis alumniclass americantowns anobii answerbag
      aolanswers askubuntu athlinks baby-gaga badoo bebo beforeitsnews bharatstudent blackplanet
      blogger blogher bloglines blogsome blogspot blogster blurtit brightkite brizzly buzzfeed
      buzznet cafemom camospace care2 catster cellufun chicagonow classmates classquest
      cocolog-nifty cozycot crunchyroll cyworld deviantart dianping digg diigo disqus dogster
      dol2day doostang dopplr douban drugs-forum dzone elftown extole facebook faceparty fanpop fark
      fc2 feministing filmaffinity flickr flipboard folkdirect foodservice fotki fotolog foursquare
      friendfeed fubar gaiaonline gamerdna glassboard glassdoor godtube goldstar goodreads govloop
      gowalla habbo hi5 hootsuite houzz hoverspot hubculture ibibo imageshack imvu insanejournal
      instagram instapaper intherooms italki jammerdirect kakao kaneva librarything linkedin listal
      listography livejournal meetup messenger mocospace mouthshut movabletype mubi myheritage mylife
      mymodernmet myspace netvibes nexopia nightlifelink ning onstartups opendiary photobucket
      pingsta pinterest plurk posterous qapacity quechup quora ravelry reddit redux renren reunion
      reverbnation ryze salespider screenrant scribd scvngr secondlife serverfault sharethis skyrock
      snapchat socialvibe spoke spruz stackapps stackexchange stackoverflow stickam superuser sweeva
      tagged taggedmail talkbiznow techmeme tencent tiktok tinyurl toolbox travellerspoint
      tripadvisor trombi tudou tuenti tumblr tweetdeck twitter typepad vampirefreaks vampirerave
      wakoopa wattpad webshots wechat weebly weibo weread whatsapp wordpress xanga xing yammer yelp
      zooppa`,
    other: `51.com 5ch.net hatena academia.edu airg.ca allnurses.com allrecipes.com ameba.jp
      ameblo.jp ancestry.com answers.yahoo.com artstation.com asmallworld.com awe.sm b.hatena.ne.jp
      babyblog.ru biip.no biswap.org bit.ly blackcareernetwork.com blip.fm blog.com
      blog.feedspot.com blog.goo.ne.jp blog.naver.com blog.yahoo.co.jp blogg.no bloggang.com
      blogs.com bookmarks.yahoo.co.jp bookmarks.yahoo.com cafe.naver.com canalblog.com care.com
      caringbridge.org cbnt.io centerblog.net chat.zalo.me chegg.com chiebukuro.yahoo.co.jp
      copainsdavant.linternaute.com couchsurfing.org cross.tv d.hatena.ne.jp dailystrength.org
      deluxe.com discover.hubpages.com draugiem.lv edublogs.org epicurious.com everforo.com exblog.jp
      fandom.com fb fb.me feedspot forums.androidcentral.com forums.crackberry.com forums.imore.com
      forums.nexopia.com forums.webosnation.com forums.wpcentral.com fruehstueckstreff.org gather.com
      geni.com getpocket.com goldenline.pl goo.gl gooblog google+ googlegroups.com googleplus gree.jp
      groups.google.com gulli.com gutefrage.net hr.com hubpages.com hyves.net hyves.nl identi.ca ig
      imageshack.us internations.org interpals.net irc-galleria.net is.gd jappy.com jappy.de
      kaboodle.com kakaocorp.com kin.naver.com last.fm lifestream.aol.com line line.me livedoor.com
      livedoorblog lnkd.in m.blog.naver.com m.cafe.naver.com m.kin.naver.com mbga.jp medium.com
      meetin.org meinvz.net meneame.net menuism.com messages.google.com messages.yahoo.co.jp mix.com
      mixi.jp my.opera.com myanimelist.net news.ycombinator.com newsshowcase ngopost.org niconico
      nicovideo.jp odnoklassniki.ru odnoklassniki.ua okwave.jp oneworldgroup.org oshiete.goo.ne.jp
      over-blog.com overblog.com paper.li partyflock.nl pinboard pinboard.in pinterest.at
      pinterest.ca pinterest.ch pinterest.cl pinterest.co.kr pinterest.co.uk pinterest.com.au
      pinterest.com.mx pinterest.de pinterest.es pinterest.fr pinterest.it pinterest.jp pinterest.nz
      pinterest.ph pinterest.pt pinterest.ru pinterest.se pixiv.net playahead.se plus.google.com
      plus.url.google.com pocket.co pro.homeadvisor.com pulse.yahoo.com qzone.qq.com
      researchgate.net rtl.de scoop.it shareit shvoong.com sites.google.com skype slashdot.org
      slideshare.net smartnews.com sociallife.com.br spaces.live.com ssense.com stardoll.com
      studivz.net suomi24.fi t.co t.me taringa.net twoo.com unblog.fr urbanspoon.com ushareit.com
      ushi.cn vg.no video.ibm.com vk.com vkontakte.ru web.skype.com wer-weiss-was.de wiki.answers.com
      wikihow.com wikitravel.org woot.com wordpress.org yahoo-mbga.jp yelp.co.uk youroom.in zalo
      zoo.gr`,
  },
  video: {
    named: `crackle curiositystream dailymotion disneyplus hulu iqiyi netflix ted utreon veoh vimeo
      wistia youku youtube`,
    other: `d.tube fast.wistia.net iq.com justin.tv twitch twitch.tv viadeo.journaldunet.com`,
  },
  shopping: {
    named: 'alibaba amazon ebay etsy mercadolibre shopify shopzilla stripe walmart',
    other: `google shopping|igshopping|amazon-adsystem.com|amazon.co.uk|cr.shopping.naver.com|
      cr2.shopping.naver.com|ebay.co.uk|ebay.com.au|ebay.de|m.shopping.naver.com|
      mercadolibre.com.ar|mercadolibre.com.mx|msearch.shopping.naver.com|nl.shopping.net|
      no.shopping.net|s3.amazonaws.com|se.shopping.net|shop.app|shopping.naver.com|
      shopping.yahoo.co.jp|shopping.yahoo.com|simplycodes.com|uk.shopping.net`,
  },
};

/** @type {ReadonlyMap<string, Ga4Kind>} */
const kinds = new Map(
  /** @type {[Ga4Kind, { named: string, other: string }][]} */ (Object.entries(categories)).flatMap(
    ([kind, { named, other }]) =>
      [...words(named).flatMap((name) => [name, `${name}.com`]), ...words(other)].map(
        (source) => /** @type {[string, Ga4Kind]} */ ([source, kind]),
      ),
  ),
);

/** Names with a space in them stand in a list with bars. @param {string} text */
function words(text) {
  return text.split(text.includes('|') ? /\s*\|\s*/ : /\s+/).filter((word) => word !== '');
}

/**
 * @param {string} source a host or a name, in lower case
 * @returns {Ga4Kind | ''} of the source itself, else of the listed host above it; what lies below
 *   a search engine's host (docs.google.com) is no search
 */
function kindOf(source) {
  const exact = kinds.get(source);
  if (exact) return exact;
  for (let dot = source.indexOf('.'); dot >= 0; dot = source.indexOf('.', dot + 1)) {
    const kind = kinds.get(source.slice(dot + 1));
    if (kind && kind !== 'search' && source.includes('.', dot + 1)) return kind;
  }
  return '';
}

module.exports = { kinds, kindOf };
