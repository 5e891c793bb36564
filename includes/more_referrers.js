/**
 * What the lists in referrers.js lack: mail, shops, video sites, messengers, apps, and the names
 * that campaigns use for a source. Editable; these come before the lists.
 * A host counts with everything below it. `is_ga4: false` marks what GA4's channels don't read.
 *
 * @typedef {'search' | 'social' | 'video' | 'shopping' | 'email' | 'ai'} SourceKind
 * @typedef {object} SourceGroup
 * @property {SourceKind} kind
 * @property {boolean} is_ga4
 * @property {Readonly<Record<string, readonly string[]>>} sources name -> hosts, app packages and
 *   other spellings of it
 */

/** @type {readonly SourceGroup[]} */
const groups = [
  {
    kind: 'search',
    is_ga4: true,
    sources: {
      google: ['google', 'com.google.android.googlequicksearchbox', 'googlequicksearchbox'],
      bing: ['bing', 'com.microsoft.bing', 'microsoft'],
      yahoo: ['yahoo', 'search.yahoo.com'],
      duckduckgo: ['duckduckgo', 'com.duckduckgo.mobile.android'],
      ecosia: ['ecosia', 'com.ecosia.android'],
      brave: ['search.brave.com'],
      startpage: ['startpage', 'startpage.com'],
      baidu: ['baidu', 'm.baidu.com'],
      yandex: ['yandex', 'ya.ru', 'yandex.ru'],
      naver: ['naver', 'search.naver.com', 'm.search.naver.com'],
    },
  },
  {
    kind: 'search',
    is_ga4: false,
    sources: {
      google: ['adwords', 'google_ads', 'google-ads', 'googleads', 'google ads', 'googleadwords'],
      bing: ['bing_ads', 'bing-ads', 'bingads', 'microsoft_ads', 'microsoft-ads', 'msads'],
    },
  },
  {
    kind: 'video',
    is_ga4: true,
    sources: {
      youtube: ['youtube', 'youtube.com', 'youtu.be', 'youtube.{}', 'com.google.android.youtube'],
      vimeo: ['vimeo', 'vimeo.com'],
      dailymotion: ['dailymotion', 'dailymotion.com'],
      twitch: ['twitch', 'twitch.tv', 'tv.twitch.android.app'],
      netflix: ['netflix', 'netflix.com'],
      hulu: ['hulu', 'hulu.com'],
      'disney plus': ['disneyplus', 'disneyplus.com'],
      iqiyi: ['iqiyi', 'iqiyi.com'],
      youku: ['youku', 'youku.com'],
      wistia: ['wistia', 'wistia.com'],
      ted: ['ted', 'ted.com'],
    },
  },
  {
    kind: 'video',
    is_ga4: false,
    sources: {
      youtube: ['yt', 'yt-ads', 'yt_ads', 'youtube_ads', 'youtube-ads'],
      rumble: ['rumble', 'rumble.com'],
    },
  },
  {
    kind: 'shopping',
    is_ga4: true,
    sources: {
      amazon: ['amazon', 'amazon.com', 'amazon.{}', 'smile.amazon.com'],
      ebay: ['ebay', 'ebay.com', 'ebay.{}'],
      etsy: ['etsy', 'etsy.com'],
      walmart: ['walmart', 'walmart.com'],
      alibaba: ['alibaba', 'alibaba.com'],
      aliexpress: ['aliexpress', 'aliexpress.com'],
      'mercado libre': ['mercadolibre', 'mercadolibre.{}', 'mercadolivre.com.br'],
      'google shopping': ['shopping.google.com', 'google_shopping', 'google shopping'],
      shopzilla: ['shopzilla', 'shopzilla.com'],
      idealo: ['idealo', 'idealo.{}'],
    },
  },
  {
    kind: 'shopping',
    is_ga4: false,
    sources: {
      otto: ['otto.de'],
      geizhals: ['geizhals', 'geizhals.{}'],
      kelkoo: ['kelkoo', 'kelkoo.{}'],
      billiger: ['billiger.de'],
      pricerunner: ['pricerunner', 'pricerunner.{}'],
      check24: ['check24.de'],
    },
  },
  {
    kind: 'social',
    is_ga4: true,
    sources: {
      facebook: ['facebook', 'fb', 'facebook.com', 'com.facebook.katana', 'fb.com'],
      instagram: ['instagram', 'ig', 'insta', 'instagram.com', 'com.instagram.android'],
      twitter: ['twitter', 'x', 't.co', 'x.com', 'com.twitter.android'],
      linkedin: ['linkedin', 'linkedin.com', 'com.linkedin.android'],
      pinterest: ['pinterest', 'pinterest.{}', 'com.pinterest'],
      tiktok: ['tiktok', 'tiktok.com', 'com.zhiliaoapp.musically', 'com.ss.android.ugc.trill'],
      snapchat: ['snapchat', 'snap', 'snapchat.com'],
      reddit: ['reddit', 'reddit.com', 'out.reddit.com', 'com.reddit.frontpage'],
      quora: ['quora', 'quora.com'],
      threads: ['threads', 'threads.net', 'threads.com'],
      messenger: ['messenger', 'messenger.com', 'com.facebook.orca'],
    },
  },
  {
    kind: 'social',
    is_ga4: false,
    sources: {
      meta: ['meta'],
      facebook: [
        'fb-ads',
        'fb_ads',
        'fbads',
        'facebook-ads',
        'facebook_ads',
        'facebookads',
        'meta_ads',
        'meta-ads',
      ],
      instagram: ['ig-ads', 'ig_ads', 'instagram_ads', 'instagram-ads'],
      tiktok: ['tiktok-ads', 'tiktok_ads', 'tiktokads'],
      pinterest: ['pinterest-ads', 'pinterest_ads'],
      linkedin: ['linkedin-ads', 'linkedin_ads'],
      snapchat: ['snapchat-ads', 'snapchat_ads'],
      twitter: ['twitter-ads', 'twitter_ads'],
      reddit: ['reddit-ads', 'reddit_ads'],
      whatsapp: ['whatsapp', 'whatsapp.com', 'wa.me', 'com.whatsapp'],
      telegram: ['telegram', 'telegram.org', 't.me', 'telegram.me', 'org.telegram.messenger'],
      signal: ['signal', 'signal.org', 'org.thoughtcrime.securesms'],
      viber: ['viber', 'viber.com', 'com.viber.voip'],
      line: ['line.me', 'jp.naver.line.android'],
      slack: ['slack', 'slack.com', 'com.slack'],
      teams: ['teams.microsoft.com', 'statics.teams.cdn.office.net', 'com.microsoft.teams'],
      discord: ['discord', 'discord.com', 'discord.gg', 'com.discord'],
      'hacker news': ['hackernews', 'hacker news', 'news.ycombinator.com'],
      lemmy: ['lemmy.world', 'lemmy.ml'],
      lobsters: ['lobste.rs'],
    },
  },
  {
    kind: 'email',
    is_ga4: false,
    sources: {
      gmail: ['mail.google.com', 'com.google.android.gm', 'gmail', 'gmail.com', 'inbox.google.com'],
      outlook: [
        'outlook',
        'outlook.com',
        'outlook.live.com',
        'outlook.office.com',
        'outlook.office365.com',
        'mail.live.com',
        'com.microsoft.office.outlook',
        'safelinks.protection.outlook.com',
      ],
      'yahoo mail': ['mail.yahoo.com', 'mail.yahoo.co.jp', 'com.yahoo.mobile.client.android.mail'],
      'gmx mail': ['gmx.net', 'navigator.gmx.net', 'gmx.{}', 'de.gmx.mobile.android.mail'],
      'web.de mail': ['web.de', 'navigator.web.de', 'de.web.mobile.android.mail'],
      't-online mail': ['email.t-online.de'],
      'proton mail': ['mail.proton.me', 'proton.me', 'ch.protonmail.android'],
      'icloud mail': ['icloud.com'],
      'aol mail': ['mail.aol.com'],
      'mail.ru': ['e.mail.ru'],
      'zoho mail': ['mail.zoho.com', 'mail.zoho.eu'],
      fastmail: ['fastmail.com'],
      roundcube: ['roundcube'],
    },
  },
  {
    kind: 'ai',
    is_ga4: false,
    sources: {
      chatgpt: ['chatgpt', 'openai', 'chatgpt.com', 'chat.openai.com', 'com.openai.chatgpt'],
      perplexity: ['perplexity', 'perplexity.ai', 'ai.perplexity.app.android'],
      claude: ['claude', 'claude.ai', 'com.anthropic.claude'],
      gemini: ['gemini', 'gemini.google.com', 'com.google.android.apps.bard'],
      copilot: ['copilot', 'copilot.microsoft.com', 'copilot.com', 'm365.cloud.microsoft'],
      grok: ['grok', 'grok.com', 'ai.x.grok'],
      deepseek: ['deepseek', 'chat.deepseek.com', 'com.deepseek.chat'],
      'le chat': ['chat.mistral.ai', 'mistral'],
      poe: ['poe', 'poe.com'],
      kagi: ['kagi.com'],
      phind: ['phind.com'],
    },
  },
];

module.exports = { groups };
