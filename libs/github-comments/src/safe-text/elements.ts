/** Elements whose content a browser does not show as text. */
export const UNSHOWN: ReadonlySet<string> = words(
  "applet audio canvas datalist embed head iframe math noembed noframes noscript object script style svg template title video",
);

/** Elements without content. */
export const VOID: ReadonlySet<string> = words(
  "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr",
);

/** Elements that set their content apart, so that words on both sides must not run together. */
export const APART: ReadonlySet<string> = words(
  "address article aside blockquote br caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol option p pre section select summary table tbody td textarea tfoot th thead tr ul",
);

/** Elements whose names are also types: `Array<object>` is meant to be read. */
export const TYPES: ReadonlySet<string> = words(
  "a address b body button code data font form frame head i image input label link map menu meta object option param picture q s section select source style table template text time title track u var video",
);

const INLINE =
  "a abbr acronym b bdi bdo big blink body button cite code data del dfn em font frameset html i image ins kbd label legend listing map mark marquee meter nobr noembed optgroup output picture plaintext portal progress q rb rp rt rtc ruby s samp search selectedcontent slot small span strike strong sub summary sup text time tt u var xmp";

/** Every element of HTML, past and present. */
export const KNOWN: ReadonlySet<string> = new Set([
  ...UNSHOWN,
  ...VOID,
  ...APART,
  ...words(INLINE),
  "colgroup",
]);

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}
