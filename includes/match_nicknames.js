/**
 * Short forms of given names, by the name that stands for them all. A short form of several names
 * is listed once, under the most common.
 */

/** @type {Readonly<Record<string, string>>} */
const shortForms = {
  abigail: 'abbie abby gail',
  albert: 'al bert bertie',
  alexander: 'alec alex lex sandy sasha xander alexandra alexandre alessandro alejandro',
  alfred: 'alf alfie fred freddie freddy',
  andrew: 'andy drew andre andreas andrea',
  anne: 'ann anna annie nan nancy hannah',
  anthony: 'tony ant antony antonio anton',
  arthur: 'art artie',
  barbara: 'barb babs',
  benjamin: 'ben benny benji',
  bernard: 'bernie bernhard',
  catherine:
    'cathy cate kate katie kathy kathryn katherine katharine kit kitty cathryn kathleen catharine katharina',
  charles: 'charlie chuck chas carl karl carlos',
  charlotte: 'lottie lotte charley',
  christina: 'chrissie tina christine kristina kristin christiana',
  christopher: 'chris kit christoph kris topher',
  daniel: 'dan danny daniela danielle',
  david: 'dave davy davey',
  deborah: 'deb debbie debra',
  dorothy: 'dot dottie dolly dorothea',
  douglas: 'doug',
  edward: 'ed eddie eddy ned ted teddy eduard edmund',
  eleanor: 'ellie nell nellie nora elinor ella',
  elizabeth:
    'beth betsy bette betty eliza elisabeth libby liz liza lizzie bess lisa elsie isabel isabella isabelle bella',
  emily: 'em emma emmy millie',
  florence: 'flo florrie',
  frances: 'fanny fran frannie',
  francis: 'frank frankie francois francesco',
  frederick: 'rick frederic friedrich',
  gabriel: 'gabe gabriele',
  george: 'georgie georg georges jorge',
  gerald: 'gerry gerard gerhard',
  gregory: 'greg gregor',
  harold: 'hal',
  harriet: 'hattie',
  henry: 'harry hank heinrich henri hal enrique',
  isaac: 'ike zac',
  jacob: 'jake jakob',
  james: 'jim jimmy jamie jem',
  jane: 'janey jenny joan jean janet',
  jennifer: 'jen jenn jennie',
  jessica: 'jess jessie',
  john: 'jack johnny jon johannes johann ian ivan jean juan giovanni jonathan johnathan',
  joseph: 'joe joey jo josef jose giuseppe',
  joshua: 'josh',
  judith: 'judy judi',
  julia: 'julie juliet',
  kenneth: 'ken kenny',
  laura: 'laurie lauren',
  lawrence: 'larry laurence lorenz',
  leonard: 'len lenny leo leon',
  louis: 'lou lewis ludwig luigi luis',
  lucy: 'lucie lucinda',
  madeleine: 'maddie madeline maddy madison',
  margaret: 'greta maggie meg peg peggy marge margie margery daisy rita margarethe marguerite',
  mary: 'maria marie molly polly mae may mia minnie',
  martha: 'marty patty',
  matthew: 'matt matty mathew matthias',
  matilda: 'tilly tilda mattie',
  michael: 'mick mickey mike mikey michel miguel',
  nathaniel: 'nate nathan nat',
  nicholas: 'nick nicky nicolas klaus niklas',
  oliver: 'ollie olly',
  olivia: 'liv livvy',
  pamela: 'pam pammy',
  patricia: 'pat patsy trish tricia',
  patrick: 'paddy rick',
  peter: 'pete pierre pedro',
  philip: 'phil phillip',
  rachel: 'rae rachael',
  raymond: 'ray',
  rebecca: 'becca becky rebekah',
  richard: 'dick ricky richie rich',
  robert: 'bob bobby rob robbie robby robin bert roberto rupert',
  ronald: 'ron ronnie',
  rosemary: 'rose rosie',
  samantha: 'sammie',
  samuel: 'sam sammy',
  sarah: 'sally sadie sara',
  sophia: 'sophie sofia',
  stephen: 'steve steven stevie stephan stefan',
  susan: 'sue susie suzanne susanna susannah',
  theodore: 'theo',
  theresa: 'terry tess teresa tessa tracy',
  thomas: 'tom tommy tomas',
  timothy: 'tim timmy',
  victoria: 'vicky tori vickie',
  vincent: 'vince vinnie',
  virginia: 'ginny',
  walter: 'walt wally',
  william: 'bill billy liam will willie wilhelm willy guillaume',
  zachary: 'zach zack',
};

/**
 * A table of short forms, one row each: form, root.
 *
 * @returns {string} SQL of a query
 */
function shortFormTable() {
  /** @type {Map<string, string>} */
  const roots = new Map();
  for (const [root, forms] of Object.entries(shortForms)) {
    for (const form of forms.split(' ')) {
      if (!roots.has(form) && !(form in shortForms)) roots.set(form, root);
    }
  }
  const rows = [...roots].map(([form, root]) => `('${form}', '${root}')`);
  return `SELECT form, root FROM UNNEST(ARRAY<STRUCT<form STRING, root STRING>>[${rows.join(', ')}])`;
}

module.exports = { shortFormTable };
