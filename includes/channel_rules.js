/** Newsletters and mails, in whatever word: 'weekly-newsletter', 'hs_email', 'emailmarketing'. */
const mailWord = 'news[ _-]?letter|(^|[^a-z])mailings?([^a-z]|$)|e[ _-]?mail';

/** Who sends them, named as the source of their links. */
const mailServices =
  'activecampaign|beehiiv|brevo|campaign ?monitor|cleverreach|constant ?contact|convertkit|' +
  'getresponse|klaviyo|mailchimp|mailerlite|mailgun|mailjet|omnisend|sendgrid|sendinblue';

/**
 * The shop's channels: `channel` of a session is that of the first rule that matches, else GA4's.
 * Part of the settings, in a file of its own because it is edited most. What a rule may ask for is
 * in types.js (ChannelRule); `npx tributary channels` shows what it does.
 *
 * @type {import('./types').ChannelRule[]}
 */
const rules = [
  // GA4's, and a campaign that names no source.
  { channel: 'Cross-network', campaign: 'cross-network' },
  { channel: 'AI Assistant', kind: 'ai', is_paid: false },
  {
    channel: 'Direct',
    channel_ga4: ['Unassigned'],
    source: '^\\(?direct\\)?$',
    medium: '^(\\(not set\\)|\\(?none\\)?|\\(?direct\\)?)$',
  },
  { channel: 'Organic Shopping', click_id_type: ['srsltid'], source_rule: 'click_id' },
  // A click id without utm: paid in the kind of its platform.
  { channel: 'Display', source_rule: 'click_id', click_id_type: ['dclid'] },
  { channel: 'Display', source_rule: 'click_id', kind: 'ads' },
  // Paid by its medium, or spelled so in the source itself (fb-ads, google_ads, yt-ads).
  { channel: 'Paid Shopping', channel_ga4: ['Paid Shopping'] },
  { channel: 'Display', channel_ga4: ['Display'] },
  { channel: 'Paid Shopping', kind: 'shopping', is_paid: true },
  { channel: 'Paid Search', kind: 'search', is_paid: true },
  { channel: 'Paid Social', kind: 'social', is_paid: true },
  { channel: 'Paid Video', kind: 'video', is_paid: true },
  // GA4 lists some mail hosts as search engines.
  { channel: 'Email', kind: 'email', channel_ga4: ['Referral', 'Unassigned', 'Organic Search'] },
  {
    channel: 'Email',
    channel_ga4: ['Referral', 'Unassigned'],
    source_rule: 'utm',
    source: `${mailWord}|(^|[^a-z])(${mailServices})([^a-z]|$)`,
  },
  {
    channel: 'Email',
    channel_ga4: ['Unassigned'],
    medium: `${mailWord}|(^|[^a-z])crm([^a-z]|$)`,
  },
  // A paid medium that says itself of what kind it is, whatever the source.
  { channel: 'Paid Social', channel_ga4: ['Paid Other'], medium: 'social' },
  { channel: 'Paid Search', channel_ga4: ['Paid Other'], medium: 'search' },
  { channel: 'Paid Video', channel_ga4: ['Paid Other'], medium: 'video' },
  { channel: 'Paid Shopping', channel_ga4: ['Paid Other'], medium: 'shopping' },
  { channel: 'Display', channel_ga4: ['Paid Other'], medium: 'display|banner|native' },
  { channel: 'Display', channel_ga4: ['Unassigned'], medium: '^(programmatic|native|banners)$' },
  { channel: 'Display', channel_ga4: ['Referral', 'Unassigned'], kind: 'ads', is_paid: false },
  { channel: 'Paid Other', channel_ga4: ['Unassigned'], is_paid: true },
  // Mediums that GA4 does not count as paid.
  { channel: 'Paid Social', channel_ga4: ['Unassigned'], medium: 'social.*[^a-z](ads?|paid)$' },
  { channel: 'Paid Search', channel_ga4: ['Unassigned'], medium: '^(sem|search[ _-]?ads?)$' },
  { channel: 'Organic Search', channel_ga4: ['Referral', 'Unassigned'], kind: 'search' },
  { channel: 'Organic Social', channel_ga4: ['Referral', 'Unassigned'], kind: 'social' },
  { channel: 'Organic Video', channel_ga4: ['Referral', 'Unassigned'], kind: 'video' },
  { channel: 'Organic Shopping', channel_ga4: ['Referral', 'Unassigned'], kind: 'shopping' },
  {
    channel: 'Affiliates',
    channel_ga4: ['Unassigned'],
    medium: '^(affiliates?([^a-z].*)?|partner(ships?)?)$',
  },
  {
    channel: 'Affiliates',
    channel_ga4: ['Referral', 'Unassigned'],
    source:
      '^(awin|cj|shareasale|tradedoubler|tradetracker|partnerize|webgains|admitad|belboon)([^a-z]|$)',
  },
  { channel: 'Audio', channel_ga4: ['Unassigned'], medium: '^(podcast|radio)$' },
  { channel: 'SMS', channel_ga4: ['Unassigned'], medium: '^(text|text-message|mms|rcs)$' },
  {
    channel: 'Organic Social',
    channel_ga4: ['Unassigned'],
    medium: '(^|[^a-z])social([^a-z]|$)|socialmedia',
  },
  { channel: 'Organic Search', channel_ga4: ['Unassigned'], medium: '^(seo|organic[ _-]search)$' },
];

module.exports = { rules };
