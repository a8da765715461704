//! Numbers in words, and the scales of numbers in digits: `thirty-five`, `two hundred and twenty`, `3
//! million`, `5万`, `三千五百`.
//!
//! Two words are one number where the second is a scale (`two | hundred`), where the first is one (`hundred |
//! dogs` is not, `hundred | two` is), and where the first is of tens and the second smaller (`thirty |
//! five`). A hyphen between two number words always joins them.

use std::collections::HashMap;
use std::sync::LazyLock;

/// How large a number a word tells, as far as it matters for what may stand beside it.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Rank {
    /// `half`, `several`: a number only before a scale.
    Part,
    /// Up to twelve.
    Small,
    Teen,
    Tens,
    Scale,
}

const PARTS: &str = "half quarter several few couple halbe halben einige mehrere anderthalb eineinhalb \
    demi quelques plusieurs medio media varios mezzo meia vài mấy nửa несколько полтора пол několik kilka \
    halv flera";

const SMALL: &str = "one two three four five six seven eight nine ten eleven twelve ein eine eins zwei \
    drei vier fünf sechs sieben acht neun zehn elf zwölf un une deux trois quatre cinq sept huit neuf dix \
    onze douze uno una dos tres cuatro cinco seis siete ocho nueve diez once doce due tre quattro cinque \
    sei sette otto nove dieci um uma dois duas três quatro sete oito dez een twee drie vijf zes zeven acht \
    negen tien ett två tre fyra fem sju åtta nio tio một mốt hai ba bốn tư lăm sáu bảy tám chín mười один \
    одна два две три четыре пять шесть семь восемь девять десять jeden dva dwa tři trzy čtyři cztery pět \
    pięć šest sześć";

const TEENS: &str = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen dreizehn vierzehn \
    fünfzehn sechzehn siebzehn achtzehn neunzehn treize quatorze quinze seize trece catorce quince";

const TENS: &str = "twenty thirty forty fifty sixty seventy eighty ninety zwanzig dreißig vierzig fünfzig \
    sechzig siebzig achtzig neunzig vingt vingts trente quarante cinquante soixante septante huitante \
    nonante veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa venti trenta quaranta \
    cinquanta sessanta settanta ottanta novanta vinte trinta quarenta cinquenta sessenta oitenta mươi chục \
    двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто";

const SCALES: &str = "hundred hundreds thousand thousands million millions billion billions trillion \
    trillions milliard milliards dozen dozens lakh lakhs crore crores mn bn tn mln mld mrd mio bio tsd md \
    mds tys тыс млн млрд hundert tausend tausende millionen milliarde milliarden billionen dutzend cent \
    mille cien ciento mil millón millones cento mila milione milioni miliardo miliardi milhão milhões \
    bilhão bilhões honderd duizend miljoen miljard hundra tusen tusind miljon miljoner millioner \
    milliarder miljarder trăm nghìn ngàn vạn triệu tỷ tỉ ribu juta miliar triliun bin milyon milyar сто \
    тысяча тысячи тысяч миллион миллиона миллионов миллиард миллиарда миллиардов тисяч мільйон мільйонів \
    мільярдів sto tisíc tisíce milion miliony milionů milionów miliard miliardy miliard tysiąc tysiące \
    tysięcy ezer millió milliárd tuhat tuhatta miljoona miljoonaa χιλιάδες εκατομμύρια δισεκατομμύρια 백 천 \
    만 억 조 लाख करोड़ हज़ार हजार ألف آلاف مليون ملايين مليار אלף מיליון מיליארד";

/// What joins the tens or a scale with a smaller number: `twenty and five`, `vingt et un`, `treinta y cinco`.
const LINKS: &str = "and et y e og och en und";

const ARTICLES: &str = "a an one of ein eine einer un une";

/// Letters that are a scale behind a sum of money only: `$5 m`.
const SCALES_OF_MONEY: &str = "m k b t";

/// The rank of each word that is listed; a word of two lists has the greater.
static RANKS: LazyLock<HashMap<&str, Rank>> = LazyLock::new(|| {
    let lists = [
        (PARTS, Rank::Part),
        (SMALL, Rank::Small),
        (TEENS, Rank::Teen),
        (TENS, Rank::Tens),
        (SCALES, Rank::Scale),
    ];
    let each = |(list, rank): (&'static str, Rank)| list.split_whitespace().map(move |word| (word, rank));
    lists.into_iter().flat_map(each).collect()
});

fn listed(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|listed| listed == word)
}

fn rank(word: &str) -> Option<Rank> {
    let word = word.to_lowercase();
    RANKS.get(word.as_str()).copied().or_else(|| compound(&word))
}

/// Languages that write a number in one word: `fünfunddreißig`, `zweihunderttausend`, `trentacinque`.
fn compound(word: &str) -> Option<Rank> {
    let ends = |end: &str, rank| (word.len() > end.len() && word.ends_with(end)).then_some(rank);
    ["hundert", "tausend", "cento", "mila", "honderd", "duizend", "tusen", "hundra"]
        .iter()
        .find_map(|end| ends(end, Rank::Scale))
        .or_else(|| {
            ["zig", "ßig", "zehn", "tig"]
                .iter()
                .find_map(|end| ends(end, Rank::Tens))
        })
        .filter(|_| word.chars().all(char::is_alphabetic))
}

/// The numerals of Han scripts; each may be one character of a number.
pub fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '〇' | '零'
            | '一'
            | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '两'
            | '兩'
            | '几'
            | '幾'
    ) || is_han_scale(c)
}

pub fn is_han_scale(c: char) -> bool {
    matches!(c, '十' | '百' | '千' | '万' | '萬' | '亿' | '億' | '兆')
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c)
}

pub fn last_word(text: &str) -> &str {
    &text[text.trim_end_matches(is_letter).len()..]
}

pub fn first_word(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches(is_letter).len()]
}

/// Whether a text begins with a number in words.
pub fn begins_number(text: &str) -> bool {
    rank(first_word(text)).is_some_and(|rank| rank > Rank::Part)
}

/// Whether two texts meet within a number in words, or before its scale. `joint` tells what stands between
/// them: nothing, or a space.
pub fn is_inside(left: &str, right: &str, tight: bool) -> bool {
    let (Some(a), Some(b)) = (left.chars().next_back(), right.chars().next()) else { return false };
    if tight && is_han_inside(a, b) {
        return true;
    }
    let scale = rank(first_word(right)) == Some(Rank::Scale);
    if a.is_numeric() {
        return scale
            || is_money(left, right)
            || tight && b == '-' && rank(first_word(&right[1..])) == Some(Rank::Scale);
    }
    if b.is_numeric() {
        return is_scaled_twice(left, right);
    }
    match (a, b) {
        ('-', _) if tight => {
            let left = &left[..left.len() - 1];
            scale && left.ends_with(char::is_numeric) || are_joined(left, right)
        }
        (_, '-') if tight => are_joined(left, &right[1..]),
        _ if tight => false,
        _ => are_one(left, right),
    }
}

/// `三|千`, `5|万`, `5万|5千`, `十|多`.
fn is_han_inside(a: char, b: char) -> bool {
    let number = |c: char| is_numeral(c) || c.is_ascii_digit();
    number(a) && number(b) && (is_numeral(a) || is_numeral(b))
        || is_han_scale(a) && matches!(b, '多' | '余' | '餘')
}

/// `$5 m`
fn is_money(left: &str, right: &str) -> bool {
    let number = left.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    listed(SCALES_OF_MONEY, &first_word(right).to_lowercase())
        && number.trim_end().ends_with(super::fold::is_currency)
}

/// `5만 5천`, `2 million 500 thousand`
fn is_scaled_twice(left: &str, right: &str) -> bool {
    let behind = right.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    rank(last_word(left)) == Some(Rank::Scale) && rank(first_word(behind)) == Some(Rank::Scale)
}

/// Whether a hyphen stands between two number words, or a number and its scale.
fn are_joined(left: &str, right: &str) -> bool {
    rank(last_word(left)).is_some() && begins_number(right)
}

/// Whether two words with a space between them are of one number; a link and an article may stand there too.
fn are_one(left: &str, right: &str) -> bool {
    let (last, first) = (last_word(left), first_word(right));
    let before = || last_word(left[..left.len() - last.len()].trim_end_matches([' ', '-']));
    let behind = || first_word(right[first.len()..].trim_start_matches([' ', '-']));
    match (rank(last), rank(first)) {
        (Some(a), Some(b)) if composes(a, b) => true,
        // half a | million, hundreds of | thousands
        (_, Some(Rank::Scale)) if listed(ARTICLES, &last.to_lowercase()) => is_counted(before()),
        // half | a million
        (Some(_), _) if listed(ARTICLES, &first.to_lowercase()) && rank(behind()) == Some(Rank::Scale) => {
            is_counted(last)
        }
        // hundred and | twenty, three and | a half million
        (_, Some(b)) if listed(LINKS, last) => rank(before()).is_some_and(|a| a > b && a >= Rank::Tens),
        (Some(a), _) if listed(LINKS, first) => {
            rank(behind()).is_some_and(|b| a > b && b > Rank::Part && a >= Rank::Tens) || is_half(right)
        }
        _ => false,
    }
}

/// Whether a word makes less or more of a scale than it says: `half a million`, `hundreds of thousands`.
fn is_counted(word: &str) -> bool {
    matches!(rank(word), Some(Rank::Part | Rank::Scale))
}

/// `and a half`
fn is_half(text: &str) -> bool {
    ["and a half", "and a quarter", "and three quarters", "et demi", "y medio", "y media"]
        .iter()
        .any(|half| text.starts_with(half))
}

fn composes(a: Rank, b: Rank) -> bool {
    match (a, b) {
        (_, Rank::Scale) => true,
        (Rank::Scale, _) => b > Rank::Part,
        (Rank::Tens, Rank::Small) | (Rank::Teen, Rank::Tens) => true,
        _ => false,
    }
}
