//! The words of a folded text, and which of them no one may change: numbers, negations, currencies, names.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::char::is_combining_mark;

use super::fold::{is_currency, is_unspaced};

/// The words of a text in order, as byte ranges: letters and digits that belong together, `'` within a word
/// and separators within a number included, each character of a script without spaces on its own. Signs of
/// currency and percent are words too.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(|c: char| c.is_alphanumeric() || is_symbol(c))?;
        at = start + word_len(&text[start..]);
        Some(start..at)
    })
}

fn word_len(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let Some((_, first)) = chars.next() else { return 0 };
    let alone = is_unspaced(first) || is_symbol(first);
    let mut before = first;
    while let Some(&(at, c)) = chars.peek() {
        let next = text[at + c.len_utf8()..].chars().next();
        let belongs = is_combining_mark(c)
            || !alone && (c.is_alphanumeric() && !is_unspaced(c) || joins(before, c, next));
        if !belongs {
            return at;
        }
        before = c;
        chars.next();
    }
    text.len()
}

fn joins(before: char, c: char, next: Option<char>) -> bool {
    let both = |of: fn(char) -> bool| of(before) && next.is_some_and(of);
    match c {
        '\'' => both(char::is_alphabetic),
        '.' | ',' => both(|c| c.is_ascii_digit()),
        _ => false,
    }
}

fn is_symbol(c: char) -> bool {
    is_currency(c) || matches!(c, '%' | '‰' | '°')
}

/// Whether a word is a number: it holds a digit, or is a number in words.
pub fn is_number(word: &str) -> bool {
    has_digit(word) || listed(NUMBER_WORDS, &word.to_lowercase())
}

pub fn has_digit(word: &str) -> bool {
    word.chars().any(char::is_numeric)
}

/// Whether a word turns a statement round.
pub fn is_negation(word: &str) -> bool {
    let word = word.to_lowercase();
    listed(NEGATIONS, &word) || word.ends_with("n't") || word == "cannot"
}

/// Whether a word decides who, how many, when or whether: a number, a negation, a quantifier, a day, a month.
pub fn is_decisive(word: &str) -> bool {
    let lower = word.to_lowercase();
    let verb = matches!(word, "may" | "march" | "mars" | "sat");
    let counts = is_number(word) || is_negation(word) || may_count(word) && !listed(OTHERWISE, &lower);
    counts
        || QUANTIFIERS.iter().any(|list| listed(list, &lower))
        || !verb && DAYS.iter().any(|list| listed(list, &lower))
}

/// Whether a word sets what follows against what went before.
pub fn is_contrast(word: &str) -> bool {
    let word = word.to_lowercase();
    CONTRASTS.iter().any(|list| listed(list, &word))
}

/// Whether a word says how far, how surely or how rightly something is so.
pub fn is_shade(word: &str) -> bool {
    let word = word.to_lowercase();
    SHADES.iter().any(|list| listed(list, &word))
}

fn listed(list: &str, word: &str) -> bool {
    list.split(' ').any(|listed| listed == word)
}

/// Whether a word may count something: `first`, `zwei`, `二`. Many are ordinary words too (`second`, `once`),
/// so they are figures only where another of them stands in their place.
pub fn may_count(word: &str) -> bool {
    static COUNTING: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        [NUMBER_WORDS]
            .into_iter()
            .chain(COUNTING_WORDS.iter().copied())
            .flat_map(str::split_whitespace)
            .collect()
    });
    COUNTING.contains(word.to_lowercase().as_str())
}

/// Number words that are always numbers ("one" and "second" mostly are not), in languages whose dossiers we
/// know of.
const NUMBER_WORDS: &str = "zero two three four five six seven eight nine ten eleven twelve thirteen \
    fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty \
    ninety hundred hundreds thousand thousands million millions billion billions trillion trillions dozen \
    dozens half twice double triple third fourth fifth quarter triệu tỷ nghìn milliard milliards \
    milliarden millionen";

/// Ordinals, fractions and small numbers in words, a language a line.
const COUNTING_WORDS: &[&str] = &[
    "one first second sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth \
        sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth hundredth once \
        thrice single halves thirds quarters fifths sixths eighths tenths last",
    "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig \
        sechzig siebzig achtzig neunzig hundert tausend erste ersten erster erstes zweite zweiten zweiter \
        zweites dritte dritten dritter drittes vierte vierten vierter fünfte fünften sechste sechsten \
        siebte siebten achte achten neunte neunten zehnte zehnten halb halbe halben drittel viertel \
        fünftel zehntel einmal zweimal",
    "un deux trois quatre cinq sept huit neuf dix onze douze vingt trente quarante cinquante soixante cent \
        mille premier première premiers premières deuxième seconde troisième quatrième cinquième sixième \
        septième huitième neuvième dixième demi demie tiers quart",
    "uno dos tres cuatro cinco seis siete ocho nueve diez doce veinte treinta cuarenta cincuenta cien mil \
        primer primero primera segundo segunda tercer tercero tercera cuarto cuarta quinto quinta sexto \
        séptimo octavo noveno décimo medio media tercio",
    "due tre quattro cinque sei sette otto nove dieci undici dodici venti trenta quaranta cinquanta cento \
        mille primo prima secondo terzo terza quinto sesto settimo ottavo nono decimo mezzo mezza",
    "dois duas três quatro seis sete oito dez onze doze vinte trinta quarenta cinquenta cem primeiro \
        primeira segunda terceiro terceira oitavo nono meio terço",
    "een twee drie vijf zes zeven acht negen tien twaalf twintig dertig honderd duizend eerste tweede \
        derde vierde vijfde zesde zevende achtste negende tiende helft kwart",
    "ett två tre fyra fem sju åtta nio tio tolv tjugo trettio hundra tusen första andra tredje fjärde \
        femte sjätte sjunde åttonde nionde tionde hälften fjärdedel",
    "én to fire syv sju otte åtte ni ti tolv tyve hundrede hundre tusind tusen første anden andre tredje \
        fjerde femte sjette syvende sjuende ottende åttende niende tiende halv halvdelen",
    "một hai ba bốn năm sáu bảy tám chín mười trăm nhất nhì tư nửa",
    "один одна два две три четыре пять шесть семь восемь девять десять двадцать сто тысяча первый первая \
        первого первом второй вторая второго втором третий третья третьего третьем четвёртый четвертый \
        пятый шестой седьмой восьмой девятый десятый половина треть четверть",
    "一 二 三 四 五 六 七 八 九 十 百 千 万 萬 亿 億 两 兩 半",
];

/// Of those, words that are mostly something else in another language.
const OTHERWISE: &str = "to due un sei ti ni once media single elf cent andre andra hai ba tư nove mille \
    last ett én en een tre mezzo primer";

/// Words that say how many or how often without a number, a language a line.
const QUANTIFIERS: &[&str] = &[
    "all every everybody everyone everything everywhere anybody anyone anything each both only some \
        somebody someone several many most few fewer more less least majority minority always often \
        sometimes rarely seldom hardly barely scarcely almost nearly crore lakh",
    "alle allen aller alles jeder jede jedes jeden beide beiden viele vielen wenige wenigen einige manche \
        mehr weniger meisten nur immer oft fast niemand jemand selten kaum",
    "tous toutes chaque plusieurs quelques seulement toujours moitié personne rien plupart souvent parfois",
    "todos todas cada ambos muchos pocos algunos sólo solamente siempre mitad nadie nada ninguno casi",
    "tutti tutte ogni entrambi molti pochi alcuni soltanto sempre metà nessuno niente quasi",
    "muitos poucos alguns somente apenas metade ninguém nenhum",
    "iedereen elk elke beide veel weinig slechts altijd niemand niets",
    "alla varje hver begge båda många mange få endast kun alltid altid ingenting",
    "все каждый каждая оба многие немногие только всегда никто ничего почти",
    "mọi mỗi nhiều ít chỉ",
    "都 全 每 只 仅 僅 多 少",
];

/// Words of contrast, a language a line.
const CONTRASTS: &[&str] = &[
    "but however yet though although nevertheless nonetheless otherwise",
    "aber jedoch doch sondern allerdings dennoch trotzdem obwohl obgleich hingegen",
    "mais cependant toutefois pourtant néanmoins quoique",
    "pero sino aunque embargo obstante empero",
    "ma però tuttavia eppure sebbene benché",
    "mas porém contudo todavia embora",
    "maar echter toch hoewel",
    "men dock emellertid likväl dog imidlertid",
    "но однако хотя зато",
    "nhưng tuy",
];

/// Words that shade a statement, a language a line.
const SHADES: &[&str] = &[
    "partly partially mainly mostly largely primarily fully completely entirely wholly totally truly \
        really actually probably possibly perhaps maybe presumably apparently seemingly reportedly falsely \
        wrongly wrongfully unlawfully illegally lawfully legally rightly temporarily provisionally \
        permanently formerly nominally officially unofficially roughly approximately must",
    "teilweise größtenteils hauptsächlich vollständig völlig ganz wirklich tatsächlich wahrscheinlich \
        möglicherweise vielleicht vermutlich anscheinend offenbar fälschlich fälschlicherweise \
        unrechtmäßig rechtmäßig zeitweise vorübergehend ehemals offiziell inoffiziell etwa",
    "partiellement principalement entièrement totalement vraiment probablement possiblement apparemment \
        faussement illégalement légalement temporairement officiellement environ",
    "parcialmente principalmente totalmente realmente probablemente posiblemente quizás quizá \
        aparentemente falsamente ilegalmente legalmente temporalmente oficialmente",
    "parzialmente principalmente totalmente davvero probabilmente forse apparentemente falsamente \
        illegalmente temporaneamente ufficialmente",
    "частично полностью вероятно возможно якобы незаконно временно официально",
];

/// Days and months, a language a line.
const DAYS: &[&str] = &[
    "monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow january february \
        march april may june july august september october november december",
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar februar märz mai juni juli \
        oktober dezember",
    "lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril juin juillet août \
        septembre octobre novembre décembre",
    "lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio \
        agosto septiembre octubre noviembre diciembre",
    "lunedì martedì mercoledì giovedì venerdì sabato domenica gennaio febbraio aprile maggio giugno luglio \
        settembre ottobre dicembre",
    "janeiro fevereiro março maio junho julho setembro outubro novembro dezembro",
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart mei augustus",
    "понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье января февраля \
        марта апреля мая июня июля августа сентября октября ноября декабря",
];

/// The words that negate, in the languages that sources are likely to be in. A word missing here is still a
/// changed word.
const NEGATIONS: &str = "not no never none nor neither nothing nobody nowhere without không chưa chẳng \
    đừng chớ ne pas jamais non aucun aucune sans ni nicht nichts kein keine keinen keiner keinem nie \
    niemals ohne weder nunca jamás ningún ninguna não nem niet geen nooit inte ikke aldrig ingen не нет \
    никогда nobody niemand keines keineswegs keinesfalls لا ليس ليست لم لن غير بدون دون ולא לא אין אינו \
    אינה אינם בלי ללא מעולם שלא δεν δε μη μην ποτέ κανείς κανένας καμία κανένα τίποτα χωρίς ούτε όχι नहीं \
    मत बिना tidak bukan belum jangan tanpa tiada 안 못 değil yok hayır asla hiç nikdy nikdo není nejsou \
    nebyl nebyla nebylo nebyli nemá nebude bez žádný žádná žádné nemůže nesmí nie nigdy nikt żaden żadna \
    żadne не ні ніколи ніхто нічого немає жоден eivät emme eikä koskaan nem soha senki semmi nincs nincsen \
    sincs nélkül 不 没 沒 無 无 非 未 ไม่";

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(words(text).map(|range| &text[range]).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn words_of_a_text() {
        check(
            "It's $1.5 billion (45%), isn't it?",
            &["It's", "$", "1.5", "billion", "45", "%", "isn't", "it"],
        );
        check("Tô Lâm, 2023-2026", &["Tô", "Lâm", "2023", "2026"]);
        check("北京 city", &["北", "京", "city"]);
        check("...", &[]);
    }

    #[test]
    fn what_nobody_may_change() {
        assert!(is_number("2,5") && is_number("B52") && is_number("Million") && !is_number("one"));
        assert!(is_negation("Not") && is_negation("isn't") && is_negation("không") && !is_negation("note"));
    }

    #[test]
    fn ordinals_may_count() {
        for word in ["first", "Second", "zweiten", "deuxième", "segundo", "второго", "二", "hai", "two"]
        {
            assert!(may_count(word), "{word}");
        }
        assert!(!may_count("quarterly") && !may_count("boat"));
    }
}
