//! What people call a text that is not for the public, in the languages in which dossiers are written.
//!
//! How a word gets in here: it is what the editors, mail programs and offices of a language write over such a
//! text ("private", "draft", "confidential", "internal", "do not publish"), as a key, as the state of a text,
//! or as a stamp. Its inflected forms count, misspelt ones do not: those are looked for with our own keys
//! alone (`statement`). A word that is also said of the world (`secret`, `hidden`) is a `State`: it counts as
//! the value of a key such as `status` and with a plain yes, never alone. Words are compared as they look,
//! without accents.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::parse::keys::{Match, folded, known, truth};
use crate::parse::look::{Look, looks};

/// What a word says of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// For nobody else, as `private`.
    Private,
    /// Not finished, as `draft`.
    Draft,
    /// Not shown now. The word is used of other things as well.
    State,
    /// That it is shown: a no to it hides.
    Public,
    /// Who writes it speaks to himself: what stands behind it is no part of the text.
    Memo,
    /// A key under which it stands what a text is good for, as `status`.
    Status,
    /// A key under which the day stands until which it waits, as `embargo`.
    Until,
}

/// By language: the meaning, and the words with commas.
const WORDS: &[(Meaning, &str)] = &[
    // English
    (
        Meaning::Private,
        "private, priv, pvt, prv, confidential, do not publish, not for publication, off the record, \
            private note",
    ),
    (
        Meaning::Private,
        "private notes, private and confidential, private confidential, strictly private, strictly \
            confidential",
    ),
    (
        Meaning::Private,
        "don't publish, dont publish, do not publish yet, don't publish yet, not yet published, never \
            publish, no publish",
    ),
    (
        Meaning::Private,
        "not public, not for public, keep private, keep confidential, keep secret, for internal use, for \
            internal use only",
    ),
    (
        Meaning::Private,
        "internal only, internal use only, for my eyes only, eyes only, not for release, do not release, do \
            not share",
    ),
    (
        Meaning::Private,
        "off record, prvt, nopublish, donotpublish, dontpublish, do not print, do not post, no \
            publication, not to be published, not for sharing, not for public release, \
            never to be published, publish nothing, nonpublic, non public",
    ),
    (
        Meaning::Draft,
        "draft, drafts, first draft, draft note, work in progress, wip, unpublished, embargoed, \
            under embargo",
    ),
    (
        Meaning::State,
        "not published, hidden, hide, unpublish, secret, internal, unlisted, restricted, \
            nobody, privacy",
    ),
    (
        Meaning::State,
        "only me, me only, just me, myself, nur ich, editors only, only editors, staff only, team only, \
            withheld, sealed, personal, on hold",
    ),
    (
        Meaning::Until,
        "embargo, embargo until, embargoed until, embargo date, embargo ends, hold until, held until, hold \
            for release, not before",
    ),
    (Meaning::Until, "publish only after, only publish after, publish on, publish from"),
    (
        Meaning::Until,
        "do not publish before, publish after, release after, sperrfrist, sperrfrist bis, gesperrt bis, \
            nicht vor",
    ),
    (
        Meaning::Until,
        "embargo jusqu'au, sous embargo jusqu'au, embargo hasta, embargo fino al, эмбарго, эмбарго до, cấm \
            đăng trước",
    ),
    (
        Meaning::Status,
        "classification, sensitivity, confidentiality, secrecy, security, protection, scope, sharing, tlp, \
            handling, marking",
    ),
    (Meaning::Status, "level, access level, clearance, distribution, dissemination, release status, viewers"),
    (
        Meaning::Status,
        "zustand, stand, sichtbarkeit, zugriff, vertraulichkeit, einstufung, geheimhaltung, zichtbaarheid, \
            toegang, statut",
    ),
    (
        Meaning::Status,
        "visibilité, état, accès, confidentialité, diffusion, estado, visibilidad, acceso, confidencialidad",
    ),
    (
        Meaning::Status,
        "stato, visibilità, accesso, riservatezza, situação, visibilidade, acesso, confidencialidade",
    ),
    (
        Meaning::Status,
        "trạng thái, tình trạng, hiển thị, chế độ, độ mật, статус, состояние, видимость, доступ, стан, \
            видимість",
    ),
    (Meaning::Status, "κατάσταση, ορατότητα, stav, stan, durum, görünürlük, tillstånd, synlighet, synlighed"),
    (
        Meaning::Status,
        "状态, 狀態, 状態, 公开范围, 公開範囲, 可见性, 可見性, 密级, 상태, 공개범위, الحالة, סטטוס",
    ),
    (Meaning::State, "tlp red, tlp amber, official sensitive, top secret, classified, in review, unapproved"),
    (
        Meaning::Public,
        "publish, published, public, share, shared, visible, export, exported, show, publication, \
            publishable, \
            for publication, to be published, shareable, okay to publish, ok to publish",
    ),
    (
        Meaning::Memo,
        "nb, n b, note, note to self, to self, self, todo, fixme, memo, reminder, remember, mark, \
            keep, remark",
    ),
    // German, Dutch
    (
        Meaning::Private,
        "privat, vertraulich, intern, streng vertraulich, nicht veröffentlichen, nicht publizieren, \
            vertrouwelijk, niet publiceren",
    ),
    (
        Meaning::Private,
        "nicht zur veröffentlichung, nicht zur veröffentlichung bestimmt, nicht für die öffentlichkeit, nur \
            intern, nur für intern, verschlusssache, streng geheim, nicht weitergeben",
    ),
    (Meaning::Private, "nur für den dienstgebrauch, niet voor publicatie, niet delen"),
    (Meaning::Draft, "entwurf, rohfassung, arbeitsfassung, unveröffentlicht"),
    (Meaning::State, "geheim, nicht öffentlich, gesperrt, verborgen, niet openbaar"),
    (
        Meaning::Public,
        "öffentlich, veröffentlicht, veröffentlichen, veröffentlichung, freigabe, freigegeben, openbaar, \
            publiceren",
    ),
    (Meaning::Memo, "merken, notiz, anmerkung, notiz an mich"),
    // French
    (
        Meaning::Private,
        "privé, privée, confidentiel, confidentielle, ne pas publier, ne pas diffuser, interne",
    ),
    (
        Meaning::Private,
        "à ne pas publier, à ne pas diffuser, strictement confidentiel, strictement confidentielle, ne \
            publiez pas",
    ),
    (Meaning::Draft, "brouillon, ébauche, sous embargo, bajo embargo, sotto embargo, sob embargo"),
    (Meaning::State, "non publié, non publiée, secret, secrète, caché, cachée"),
    (Meaning::Public, "publié, publiée, publier, publique"),
    // Spanish, Portuguese, Italian
    (
        Meaning::Private,
        "privado, privada, confidencial, interno, interna, no publicar, no difundir, não publicar, não \
            divulgar",
    ),
    (
        Meaning::Private,
        "privato, privata, riservato, riservata, confidenziale, non pubblicare, non diffondere, da \
            non pubblicare, da non diffondere, no publicable, estrictamente confidencial",
    ),
    (Meaning::Draft, "borrador, rascunho, esboço, bozza"),
    (
        Meaning::State,
        "no publicado, no publicada, não publicado, não publicada, non pubblicato, oculto, oculta, nascosto, \
            secreto, segreto",
    ),
    (
        Meaning::Public,
        "publicado, publicada, publicar, público, pública, publicación, publicação, pubblicato, \
            pubblicare, pubblico, pubblicazione",
    ),
    // Vietnamese, Indonesian
    (
        Meaning::Private,
        "riêng tư, mật, bảo mật, tối mật, tuyệt mật, nội bộ, không công bố, không đăng, không xuất bản, \
            pribadi, rahasia",
    ),
    (
        Meaning::Private,
        "lưu hành nội bộ, bí mật, chưa công bố, đừng đăng, đừng công bố, không được đăng, cấm đăng, cấm \
            công bố",
    ),
    (Meaning::Draft, "nháp, bản nháp, bản thảo, draf"),
    (Meaning::Public, "công khai, công bố, xuất bản, terbit, publik"),
    // Russian, Ukrainian
    (
        Meaning::Private,
        "личное, приватно, приватное, приватный, конфиденциально, секретно, не публиковать, не для \
            публикации, для служебного пользования",
    ),
    (
        Meaning::Private,
        "не для печати, совершенно секретно, дсп, для внутреннего пользования, не разглашать, не для друку",
    ),
    (Meaning::Private, "приватна, особисте, конфіденційно, не публікувати"),
    (Meaning::Draft, "черновик, набросок, чернетка"),
    (Meaning::Public, "опубликовано, публиковать, публично, публикация, опубліковано, публікація"),
    // Greek
    (
        Meaning::Private,
        "εμπιστευτικό, ιδιωτικό, απόρρητο, μη δημοσιεύσετε, μην δημοσιεύσετε, να μη δημοσιευτεί",
    ),
    (Meaning::Draft, "πρόχειρο, προσχέδιο"),
    (Meaning::Public, "δημόσιο, δημοσιευμένο"),
    // Polish, Czech, the languages of the north, Turkish
    (
        Meaning::Private,
        "prywatne, prywatny, poufne, nie publikować, soukromé, důvěrné, nepublikovat, fortrolig, \
            konfidentiell, özel, gizli, yayınlama",
    ),
    (
        Meaning::Private,
        "nie do publikacji, ściśle tajne, přísně tajné, ikke til offentliggørelse, yayınlamayın",
    ),
    (Meaning::Draft, "szkic, wersja robocza, utkast, udkast, kladde, taslak"),
    // Chinese, Japanese, Korean
    (
        Meaning::Private,
        "私密, 私人, 保密, 机密, 機密, 内部, 內部, 不公开, 不公開, 勿发布, 请勿发布, 非公開, 社外秘, 部外秘, 極秘, 公開禁止, 公開しない, 비공개, 기밀",
    ),
    (
        Meaning::Private,
        "请勿公开, 勿公开, 不要公开, 禁止公开, 禁止发布, 内部资料, 绝密, 請勿公開, 請勿發布, 內部資料, 絕密",
    ),
    (Meaning::Private, "公開不可, 秘密, 丸秘, オフレコ, 取扱注意, 대외비, 극비, 공개 금지"),
    (Meaning::Draft, "草稿, 下書き, 下书き, 草案, 초안"),
    (Meaning::Public, "公开, 公開, 发布, 發布, 공개"),
    // Arabic, Hebrew
    (
        Meaning::Private,
        "خاص, سري, سري للغاية, ليس للنشر, غير قابل للنشر, للاستخدام الداخلي, غير منشور, פרטי, חסוי, לא \
            לפרסום",
    ),
    (Meaning::Draft, "مسودة, טיוטה"),
];

/// By its letters as they look: what the word means, and how it is written.
static BY_LOOK: LazyLock<HashMap<String, (Meaning, &'static str)>> = LazyLock::new(|| {
    let each = |(meaning, words): &(Meaning, &'static str)| {
        words
            .split(", ")
            .map(|word| (spelled(word), (*meaning, word)))
            .collect::<Vec<_>>()
    };
    // The first reading of a word that two languages share stays.
    WORDS.iter().rev().flat_map(each).collect()
});

/// What a sentence goes on with behind `Private:`.
pub const ARTICLES: &[&str] = &[
    "the", "a", "an", "der", "die", "das", "ein", "eine", "le", "la", "les", "un", "une", "el", "los", "las",
    "il", "gli", "o", "os", "het",
];

/// `DRAFT v2` → `DRAFT`. "Draft 2" begins a sentence.
pub fn without_version(typed: &str) -> &str {
    let Some((words, version)) = typed.rsplit_once(char::is_whitespace) else { return typed };
    let number = version.trim_start_matches(['v', 'V']);
    let is_number = number.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || c == '.');
    let is_version = is_number && (number.len() < version.len() || !words.contains(char::is_lowercase));
    if is_version { words } else { typed }
}

/// No entry of the table has more words.
pub const LONGEST: usize = 4;

/// What some words mean, if they are in the table. Of a short word the accents count: `mật` is secret, a mat
/// is none.
pub fn meaning(typed: &str) -> Option<Meaning> {
    let look = spelled(typed);
    let &(meaning, word) = BY_LOOK.get(&look)?;
    let is_short = look.len() <= 3 && !word.is_ascii();
    (!is_short || typed.to_lowercase().nfc().eq(word.nfc())).then_some(meaning)
}

/// Letters and figures as a person reads them, words with one blank between.
fn spelled(typed: &str) -> String {
    let mut spelled = String::with_capacity(typed.len());
    for look in typed.chars().flat_map(looks) {
        match look {
            Look::Letter(c) | Look::Digit(c) | Look::Other(c) => spelled.push(c),
            Look::Space | Look::Dash | Look::Colon | Look::Equals | Look::Sign(_)
                if spelled.ends_with(' ') || spelled.is_empty() => {}
            Look::Space | Look::Dash | Look::Colon | Look::Equals | Look::Sign(_) => spelled.push(' '),
        }
    }
    spelled.truncate(spelled.trim_end().len());
    spelled
}

/// Keys whose values are lists of words, with commas or blanks between them.
pub const TAGS: &[&str] =
    &["tags", "tag", "labels", "label", "flags", "flag", "keywords", "category", "categories"];

/// Keys under which other programs keep what a text is good for.
pub const STATES: &[&str] = &[
    "status",
    "state",
    "stage",
    "visibility",
    "privacy",
    "access",
    "audience",
    "kind",
    "type",
    "form",
    "mode",
    "publish",
    "published",
    "publication",
];

/// A yes, in the languages of the table.
const YES: &[&str] = &[
    "có", "đúng", "vâng", "ya", "tak", "ano", "evet", "ναι", "да", "так", "是", "真", "はい", "예", "네",
    "نعم", "כן",
];
/// A no, or not yet.
const NO: &[&str] = &[
    "never",
    "not yet",
    "later",
    "nie",
    "nunca",
    "jamais",
    "mai",
    "não",
    "không",
    "chưa",
    "όχι",
    "нет",
    "ні",
    "否",
    "不",
    "いいえ",
    "아니오",
];

static YES_BY_LOOK: LazyLock<HashSet<String>> =
    LazyLock::new(|| YES.iter().map(|yes| spelled(yes)).collect());
static NO_BY_LOOK: LazyLock<HashSet<String>> = LazyLock::new(|| NO.iter().map(|no| spelled(no)).collect());

/// Whether a value is a yes in a language of the table.
pub fn is_yes(value: &str) -> bool {
    truth(value) == Some(true) || YES_BY_LOOK.contains(&spelled(value))
}

/// Whether a value means that something is not, in a language of the table, or not yet.
pub fn is_no(value: &str) -> bool {
    let is_sign = matches!(value.trim(), "✗" | "✘" | "❌" | "🚫");
    is_sign || truth(value) == Some(false) || NO_BY_LOOK.contains(&spelled(value))
}

/// Keys under which it stands how much of a text may be shown. What is said of copyright is for lawyers.
const RIGHTS: &str = "rights status, reproduction, republication, text, full text, fulltext, body, \
            license, licence, licensing, usage rights, reuse, permission, permissions, rechte, \
    nutzungsrechte, lizenz, rechten, licentie, droits, derechos, licencia, diritti, licenza, direitos, \
    licença, quyền, giấy phép, hak, lisensi, права, лицензия, ліцензія, δικαιώματα, άδεια, prawa, \
    licencja, práva, \
    rättigheter, rettigheter, rettigheder, haklar, lisans, 权利, 權利, 许可, 許可, 権利, ライセンス, 권리, 라이선스, \
    حقوق, זכויות";
/// That nothing may be shown.
const NONE: &str = "none, no, nothing, nil, never, withheld, keine, kein, keines, nichts, geen, niets, \
    aucun, aucune, \
    aucuns, aucunes, rien, ninguno, ninguna, ningunos, nada, nessuno, nessuna, nessun, niente, nenhum, \
    nenhuma, không, \
    không có, tidak ada, нет, никаких, никакие, немає, жодних, κανένα, καμία, κανένας, brak, żadne, \
    žádná, žádné, ingen, \
    inga, yok, 无, 無, 没有, なし, 無し, 없음, لا شيء, אין";

static RIGHTS_BY_LOOK: LazyLock<HashSet<String>> =
    LazyLock::new(|| RIGHTS.split(", ").map(|word| spelled(word.trim())).collect());
static NONE_BY_LOOK: LazyLock<HashSet<String>> =
    LazyLock::new(|| NONE.split(", ").map(|word| spelled(word.trim())).collect());

/// Whether a key speaks of the rights in a text, in a language of the table.
pub fn is_rights(key: &str) -> bool {
    RIGHTS_BY_LOOK.contains(&spelled(key))
}

/// Whether a value leaves nothing, in a language of the table.
pub fn is_none(value: &str) -> bool {
    NONE_BY_LOOK.contains(&spelled(value))
}

/// That somebody refused, or was refused.
const DENIED: &[&str] = &[
    "withheld",
    "denied",
    "forbidden",
    "refused",
    "prohibited",
    "none",
    "not given",
    "not granted",
    "revoked",
    "withdrawn",
    "pending",
    "verboten",
    "verweigert",
    "interdit",
    "refusé",
    "prohibido",
    "negado",
    "vietato",
    "cấm",
    "запрещено",
];

/// Whether a value is a refusal: a no, or one of the words for it.
pub fn is_denied(value: &str) -> bool {
    is_no(value) || is_nearly_no(value) || DENIED.contains(&value.trim().to_lowercase().as_str())
}

/// Whether a value is meant as a no and misspelt.
pub fn is_nearly_no(value: &str) -> bool {
    matches!(known(&folded(value), &["false", "true", "never"]), Match::Near("false" | "never"))
}

/// Whether a word is in capitals.
pub fn is_loud(typed: &str) -> bool {
    let count = |is: fn(char) -> bool| typed.chars().filter(|&c| is(c)).count();
    count(char::is_uppercase) > 1 && count(char::is_lowercase) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_as_they_look() {
        for (typed, expected) in [
            ("Entwurf", Meaning::Draft),
            ("ENTWURF!", Meaning::Draft),
            ("nicht-veröffentlichen", Meaning::Private),
            ("Nicht veroffentlichen", Meaning::Private),
            ("riêng  tư", Meaning::Private),
            ("mật", Meaning::Private),
            ("черновик", Meaning::Draft),
            ("ЧЕРНОВИК", Meaning::Draft),
            ("Личное", Meaning::Private),
            ("НЕ ПУБЛИКОВАТЬ", Meaning::Private),
            ("КОНФІДЕНЦІЙНО", Meaning::Private),
            ("ΠΡΟΧΕΙΡΟ", Meaning::Draft),
            ("RIÊNG TƯ", Meaning::Private),
            ("MẬT", Meaning::Private),
            ("下書き", Meaning::Draft),
            ("非公開", Meaning::Private),
            ("公開", Meaning::Public),
            ("N.B.", Meaning::Memo),
        ] {
            assert_eq!(meaning(typed), Some(expected), "{typed}");
        }
        for typed in ["mat", "", "ferry", "private schools"] {
            assert_eq!(meaning(typed), None, "{typed}");
        }
        assert!(
            WORDS
                .iter()
                .flat_map(|(_, words)| words.split(", "))
                .all(|word| spelled(word).split(' ').count() <= LONGEST)
        );
    }
}
