//! Words that exclude each other: a bracket that has one of them where the source has another makes another
//! person, office or deed of what the source says.
//!
//! Not every pair is known. These are the titles, kin, offices, parties and deeds that press, courts and
//! letters speak of most, in the languages that people quote most.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

/// Groups of words; in each, those that mean alike stand together, and `|` parts those that exclude each
/// other.
const GROUPS: &[&str] = &[
    "mr mister sir herr herrn monsieur señor signor signore senhor господин ông anh \
        | mrs ms miss madam lady frau fräulein madame mademoiselle señora señorita signora signorina \
        senhora госпожа bà cô chị",
    "brother bruder frère hermano fratello irmão bror broer брат | sister schwester sœur soeur hermana \
        sorella irmã syster søster сестра \
        | father vater père padre pai отец cha bố | mother mutter mère madre mãe moeder мать mẹ \
        | son sohn fils hijo figlio filho sønn zoon сын | daughter tochter fille hija figlia filha dotter \
        datter dochter дочь \
        | uncle onkel oncle tío zio | aunt tante tía zia | nephew neffe neveu | niece nichte nièce \
        | cousin vetter cousine | grandfather großvater abuelo | grandmother großmutter abuela",
    "husband ehemann mari marido marito | wife ehefrau épouse esposa moglie | widow witwe veuve viuda | \
        widower witwer veuf viudo",
    "man men mann männer homme hommes hombre uomo | woman women frau frauen femme femmes mujer donna | \
        boy junge garçon | girl mädchen",
    "king könig roi rey kung koning король | queen königin reine reina regina rainha drottning koningin \
        королева | prince prinz | princess prinzessin \
        | emperor kaiser empereur | pope papst pape papa",
    "president präsident präsidentin président présidente presidente президент | chancellor kanzler \
        kanzlerin bundeskanzler chancelier \
        | minister ministerin ministre ministro ministra министр | mayor bürgermeister bürgermeisterin \
        maire alcalde alcaldesa sindaco prefeito мэр \
        | governor gouverneur gobernador | senator senatorin sénateur | secretary sekretär sekretärin \
        secretario | clerk schreiber greffier \
        | treasurer schatzmeister trésorier tesorero | bishop bischof évêque obispo | general | colonel \
        oberst | captain hauptmann kapitän capitaine",
    "plaintiff claimant kläger klägerin demandeur demandante | defendant beklagter beklagte angeklagter \
        angeklagte défendeur demandado acusado \
        | judge richter richterin juge juez giudice | prosecutor staatsanwalt procureur | witness zeuge \
        zeugin témoin testigo",
    "buyer purchaser käufer acheteur comprador | seller vendor verkäufer vendeur vendedor",
    "landlord lessor vermieter bailleur | tenant lessee mieter locataire",
    "employer arbeitgeber employeur | employee arbeitnehmer employé",
    "creditor gläubiger créancier | debtor schuldner débiteur",
    "leave leaves leaving left verließ verlassen quitté quitta | return returns returned returning \
        zurückkehrte revint \
        | stay stays stayed remain remains remained blieb bleiben resta | enter enters entered betrat entra",
    "buy buys bought buying kaufte gekauft kaufen acheté acheta acheter compró comprar mua купил купила 买 買 \
        | sell sells sold selling verkaufte verkauft verkaufen vendu vendit vendre vendió vender bán \
        продал продала 卖 賣",
    "open opens opened öffnete geöffnet ouvert ouvre abrió abierto mở | close closes closed shut shuts \
        schloss geschlossen fermé ferme cerró cerrado đóng",
    "rise rises rose risen rising increase increases increased grew grown stieg gestiegen augmenté \
        augmenta subió aumentó tăng вырос 涨 升 \
        | fall falls fell fallen falling decrease decreases decreased declined dropped sank fiel gesunken \
        diminué baissé bajó giảm упал 跌 降",
    "win wins won gewann gewonnen gagné ganó | lose loses lost verlor verloren perdu perdió",
    "before prior vor avant antes prima före trước до 前 | after since nach après después dopo efter sau \
        после 后 後",
    "above over über | below under unter",
    "accept accepts accepted approve approves approved granted genehmigte genehmigt accepté approuvé \
        | reject rejects rejected refuse refused abgelehnt refusé rejeté | revoked withdrawn widerrufen \
        révoqué",
    "guilty schuldig coupable culpable | innocent unschuldig inocente",
    "legal lawful rechtmäßig légal | illegal unlawful rechtswidrig illégal",
    "alive living lived lebte vivant | dead died dies starb gestorben tot mort murió",
    "north northern nord norden | south southern süd süden | east eastern ost osten | west western westen",
    "lend lends lent verlieh prêté | borrow borrows borrowed lieh emprunté",
    "give gives gave given gab gegeben | take takes took taken nahm genommen",
    "pay pays paid zahlte bezahlt payé pagó | receive receives received erhielt erhalten reçu recibió | \
        owe owes owed schuldet",
    "profit profits gewinn bénéfice | loss losses verlust verluste perte pertes",
    "import imports imported | export exports exported",
    "pass passed passes bestanden | fail failed fails durchgefallen",
    "hire hired hires eingestellt | fire fired dismissed entlassen",
    "begin begins began begun start starts started begann commencé | end ends ended stop stops stopped \
        endete terminé",
    "war krieg guerre guerra | peace frieden paix paz",
    "day tag jour día | night nacht nuit noche",
    "maximum höchstens | minimum mindestens",
    "public öffentlich | private privat | secret geheim",
];

/// Pronouns exclude each other where nothing else stands on either side: `[she]` for `he`.
const PRONOUNS: &str =
    "he him his himself er ihm ihn il él lui он ele egli | she her hers herself elle ella она ela";

type Sets = HashMap<&'static str, Vec<(usize, usize)>>;

fn sets(groups: &[&'static str]) -> Sets {
    let mut sets = Sets::new();
    for (group, words) in groups.iter().enumerate() {
        for (set, words) in words.split('|').enumerate() {
            for word in words.split_whitespace() {
                sets.entry(word).or_default().push((group, set));
            }
        }
    }
    sets
}

/// Whether one of the words that a bracket says excludes one of those that it stands for, all in lower case.
pub fn exclude(said: &[String], stands: &[String]) -> bool {
    static OF_WORDS: LazyLock<Sets> = LazyLock::new(|| sets(GROUPS));
    static OF_PRONOUNS: LazyLock<Sets> = LazyLock::new(|| sets(&[PRONOUNS]));
    let alone = said.len() == 1 && stands.len() == 1;
    differ(&OF_WORDS, said, stands) || alone && differ(&OF_PRONOUNS, said, stands)
}

/// Whether both sides have words of one group, and none that mean alike.
fn differ(sets: &Sets, said: &[String], stands: &[String]) -> bool {
    let of = |words: &[String]| -> BTreeSet<(usize, usize)> {
        words
            .iter()
            .filter_map(|word| sets.get(word.as_str()))
            .flatten()
            .copied()
            .collect()
    };
    let (here, there) = (of(said), of(stands));
    here.iter().any(|(group, _)| {
        let both = |sets: &BTreeSet<(usize, usize)>| sets.iter().any(|(other, _)| other == group);
        let alike = here.iter().any(|set| set.0 == *group && there.contains(set));
        both(&there) && !alike
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excluded(said: &str, stands: &str) -> bool {
        let words = |text: &str| text.split(' ').map(str::to_string).collect::<Vec<_>>();
        exclude(&words(said), &words(stands))
    }

    #[test]
    fn persons_offices_and_deeds() {
        for (said, stands) in [
            ("mrs", "mr"),
            ("she", "he"),
            ("her sister", "his brother"),
            ("the minister", "the mayor"),
            ("return", "leave"),
            ("bà", "ông"),
            ("verkauft", "gekauft"),
        ] {
            assert!(excluded(said, stands), "{said} for {stands}");
        }
    }

    #[test]
    fn who_is_meant() {
        for (said, stands) in [
            ("mrs dahl", "she"),
            ("mayor berg", "mr"),
            ("his mother", "she"),
            ("her husband", "he"),
            ("elder brother", "brother"),
            ("the captain", "the plaintiff"),
            ("bought", "purchased"),
            ("he", "mr"),
        ] {
            assert!(!excluded(said, stands), "{said} for {stands}");
        }
    }
}
