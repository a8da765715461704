//! What a page follows from, as a hash: a page whose key is the same has the same bytes, and need not be made
//! again.
//!
//! A key is found without making the page. Each thing has three hashes: of its *link* (all that a link to it
//! shows), of its *brief* (all that a list shows of it), and of the whole of it, which includes the links or
//! briefs of the things that its page shows. What has an order on a page is taken in that order.
//! The page of a source follows from its whole and those of its notes, that of a topic or a claim from those
//! of all notes on it, an essay from its text. Lists and data follow from everything there is: they are made
//! again whenever anything changes.
//!
//! What no comment can change is hashed once for all states that differ in nothing but comments (`Still`);
//! what these change is laid over it (`Laid`).
//!
//! The model is taken apart in full, so that the compiler asks of a new field which of the three it belongs
//! to.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash as _;
use std::ops::{Deref, Index};
use std::sync::Arc;

use rayon::prelude::*;

use crate::inputs::sum::{Sum, sum};
use crate::inputs::{Hash, Inputs};
use crate::model::dossier::{
    Citation, Claim, ClaimIx, Dossier, Note, NoteIx, Origin, Page, PageIx, Passage, Prose, Relation, Source,
    SourceIx, Thing, Topic, TopicIx,
};
use crate::model::path::SitePath;
use crate::reason::claims::{Flag, Weighed};
use crate::reason::contradictions::About;
use crate::site::{Export, PageKind};

use super::context::{RenderContext, thing_of};
use super::topic::{LISTED, MOST_OF_A_NOTE};

/// The keys of an edition.
pub struct PageKeys {
    /// Of everything.
    whole: Hash,
    /// Of what all pages share.
    frame: Hash,
    things: Things,
    /// The pages of sources, of topics and of claims.
    sources: Laid,
    topics: Laid,
    claims: Laid,
    /// The essays, and the pages that lead on from former ids.
    pages: Arc<Vec<Hash>>,
    former: Arc<BTreeMap<SitePath, Hash>>,
}

impl PageKeys {
    /// `whole`: a hash of all that went into the edition. `look`: one of its templates and words.
    pub fn of(context: &RenderContext<'_>, whole: Hash, look: Hash) -> PageKeys {
        let builder = KeyBuilder::of(context);
        let Dossier { sources, topics, claims, pages, .. } = context.dossier;
        let frame = frame(context, look);
        PageKeys {
            whole,
            frame,
            sources: each(sources.len())
                .map(SourceIx)
                .map(|ix| framed(&frame, builder.source_page(ix)))
                .collect::<Vec<_>>()
                .into(),
            topics: each(topics.len())
                .map(TopicIx)
                .map(|ix| framed(&frame, builder.topic_page(ix)))
                .collect::<Vec<_>>()
                .into(),
            claims: each(claims.len())
                .map(ClaimIx)
                .map(|ix| framed(&frame, builder.claim_page(ix)))
                .collect::<Vec<_>>()
                .into(),
            pages: Arc::new(
                each(pages.len())
                    .map(PageIx)
                    .map(|ix| framed(&frame, builder.essay(ix)))
                    .collect(),
            ),
            former: Arc::new(
                context
                    .site
                    .former()
                    .map(|(path, thing)| (path.clone(), framed(&frame, builder.former(thing))))
                    .collect(),
            ),
            things: builder.things,
        }
    }

    /// The keys of an edition that differs from the one of these keys in nothing but the words of a few
    /// comments: `reworded`.
    pub fn after(&self, context: &RenderContext<'_>, whole: Hash, reworded: &[NoteIx]) -> PageKeys {
        let Reached { sources, topics, claims } = Reached::by(context.dossier, reworded);
        let mut builder = KeyBuilder { context, things: self.things.clone() };
        for &note in reworded {
            let key = builder.note(note);
            builder.things.whole_notes.lay(note.at(), key);
        }
        for &claim in &claims {
            let key = builder.claim(claim);
            builder.things.whole_claims.lay(claim.at(), key);
        }
        let (mut of_sources, mut of_topics, mut of_claims) =
            (self.sources.clone(), self.topics.clone(), self.claims.clone());
        sources
            .into_iter()
            .for_each(|ix| of_sources.lay(ix.at(), framed(&self.frame, builder.source_page(ix))));
        topics
            .into_iter()
            .for_each(|ix| of_topics.lay(ix.at(), framed(&self.frame, builder.topic_page(ix))));
        claims
            .into_iter()
            .for_each(|ix| of_claims.lay(ix.at(), framed(&self.frame, builder.claim_page(ix))));
        PageKeys {
            whole,
            frame: self.frame,
            things: builder.things,
            sources: of_sources,
            topics: of_topics,
            claims: of_claims,
            pages: Arc::clone(&self.pages),
            former: Arc::clone(&self.former),
        }
    }

    /// The notes of which pages show the same as at an earlier edition, each with its place there.
    pub fn same_notes(&self, earlier: &PageKeys) -> Vec<(NoteIx, NoteIx)> {
        if self.frame != earlier.frame {
            return Vec::new();
        }
        let then: HashMap<Hash, NoteIx> = earlier.things.whole_notes.iter().zip((0..).map(NoteIx)).collect();
        let now = self.things.whole_notes.iter().zip((0..).map(NoteIx));
        now.filter_map(|(key, note)| Some((note, *then.get(&key)?))).collect()
    }

    /// The key of a file of the site; none where there is no such file.
    pub fn key(&self, context: &RenderContext<'_>, inputs: &Inputs, path: &SitePath) -> Option<Hash> {
        Some(match context.site.kind(path)? {
            PageKind::Source(ix) => self.sources[ix.at()],
            PageKind::Topic(ix) => self.topics[ix.at()],
            // What it tells of the notes of a source, the page of that source tells too.
            PageKind::Export(Export::Previews(ix)) => self.sources[ix.at()],
            PageKind::Claim(ix) => self.claims[ix.at()],
            PageKind::Page(ix) => self.pages[ix.at()],
            PageKind::Former(_) => *self.former.get(path)?,
            // It shows what is on every page.
            PageKind::NotFound => framed(&self.frame, sum(|sum| path.hash(sum))),
            PageKind::Media(picture) => inputs.get(picture)?.hash,
            // A file of the theme is named after its bytes.
            PageKind::Asset(_) | PageKind::NoJekyll => sum(|sum| path.hash(sum)),
            PageKind::Home
            | PageKind::List(_)
            | PageKind::Export(Export::Feed | Export::Sitemap | Export::Data(_)) => self.whole,
        })
    }
}

/// The files of the site that may differ where nothing but the words of some comments does: those whose key
/// is made of these, and those of everything.
pub fn reached(context: &RenderContext<'_>, reworded: &[NoteIx]) -> Vec<SitePath> {
    let Reached { sources, topics, claims } = Reached::by(context.dossier, reworded);
    let pages = sources
        .iter()
        .map(|ix| Thing::Source(*ix))
        .chain(topics.into_iter().map(Thing::Topic))
        .chain(claims.into_iter().map(Thing::Claim));
    let pages = pages.map(|thing| context.site.address(&thing, context.dossier).path);
    let previews = sources
        .iter()
        .filter_map(|ix| context.site.exported(Export::Previews(*ix)).cloned());
    pages
        .chain(previews)
        .chain(context.site.of_everything().cloned())
        .collect()
}

/// What shows the comments of some notes.
struct Reached {
    sources: BTreeSet<SourceIx>,
    topics: BTreeSet<TopicIx>,
    claims: BTreeSet<ClaimIx>,
}

impl Reached {
    fn by(dossier: &Dossier, notes: &[NoteIx]) -> Reached {
        let claims: BTreeSet<ClaimIx> = notes
            .iter()
            .flat_map(|&note| &dossier.note(note).claims)
            .map(|(_, claim)| *claim)
            .collect();
        // The page of a topic tells of the claims that its notes bear on, and so of all notes on these.
        let beside = claims
            .iter()
            .flat_map(|&claim| &dossier.claim(claim).notes)
            .map(|(_, note)| note);
        let topics = notes
            .iter()
            .chain(beside)
            .flat_map(|&note| &dossier.note(note).topics)
            .copied()
            .collect();
        Reached { sources: notes.iter().map(|&note| dossier.note(note).source).collect(), topics, claims }
    }
}

fn each(length: usize) -> impl IndexedParallelIterator<Item = u32> {
    (0..length)
        .into_par_iter()
        .map(|at| u32::try_from(at).unwrap_or(u32::MAX))
}

/// The key of a page: of what stands on it, and of what stands around it.
fn framed(frame: &Hash, page: Hash) -> Hash {
    sum(|sum| (frame, page).hash(sum))
}

/// The masthead and the foot: what the dossier says of itself, and which lists and assets there are.
fn frame(context: &RenderContext<'_>, look: Hash) -> Hash {
    let shared = context.site.files().filter(|(_, kind)| {
        !matches!(
            kind,
            PageKind::Source(_)
                | PageKind::Topic(_)
                | PageKind::Claim(_)
                | PageKind::Page(_)
                | PageKind::Former(_)
                | PageKind::Media(_)
        )
    });
    sum(|sum| {
        look.hash(sum);
        format!("{:?}", context.dossier.about).hash(sum);
        shared.for_each(|(path, _)| path.hash(sum));
    })
}

/// The keys of things. Those that do not follow from any comment are shared.
#[derive(Clone, Default)]
struct Things {
    still: Arc<Still>,
    /// By note and by claim: the whole.
    whole_notes: Laid,
    whole_claims: Laid,
}

impl Deref for Things {
    type Target = Still;

    fn deref(&self) -> &Still {
        &self.still
    }
}

/// Hashes by the places of what they are of; those of a state that differs from another in a few lie over
/// those of that one.
#[derive(Clone, Default)]
struct Laid {
    below: Arc<Vec<Hash>>,
    above: BTreeMap<usize, Hash>,
}

impl Laid {
    fn lay(&mut self, at: usize, hash: Hash) {
        self.above.insert(at, hash);
    }

    fn iter(&self) -> impl Iterator<Item = Hash> {
        (0..self.below.len()).map(|at| self[at])
    }
}

impl From<Vec<Hash>> for Laid {
    fn from(hashes: Vec<Hash>) -> Laid {
        Laid { below: Arc::new(hashes), above: BTreeMap::new() }
    }
}

impl Index<usize> for Laid {
    type Output = Hash;

    fn index(&self, at: usize) -> &Hash {
        self.above.get(&at).unwrap_or_else(|| &self.below[at])
    }
}

#[derive(Clone, Default)]
struct Still {
    source_links: Vec<Hash>,
    sources: Vec<Hash>,
    /// By source: all that a quotation of it shows.
    quoted: Vec<Hash>,
    topic_links: Vec<Hash>,
    topics: Vec<Hash>,
    /// By topic: the claims that its notes bear on.
    claims_beside: Vec<Vec<ClaimIx>>,
    claims: Vec<Hash>,
    /// Of the pages of sources, topics and claims: all but notes, which may say something else in the next
    /// state.
    source_pages: Vec<Hash>,
    topic_pages: Vec<Hash>,
    claim_pages: Vec<Hash>,
}

/// Where keys are made, from those of other things and from the dossier.
struct KeyBuilder<'p, 'a> {
    context: &'p RenderContext<'a>,
    things: Things,
}

impl<'p, 'a> KeyBuilder<'p, 'a> {
    fn of(context: &'p RenderContext<'a>) -> KeyBuilder<'p, 'a> {
        let dossier = context.dossier;
        let source_link =
            |source: &Arc<Source>| sum(|sum| (&source.id, &source.siglum, &source.facts.title).hash(sum));
        let topic_link = |topic: &Topic| sum(|sum| (&topic.id, &topic.title, topic.kind.word()).hash(sum));
        let mut builder = KeyBuilder { context, things: Things::default() };
        let claims_beside = |topic: &Topic| -> Vec<ClaimIx> {
            let claims: BTreeSet<ClaimIx> = topic
                .notes
                .iter()
                .flat_map(|note| &dossier.note(*note).claims)
                .map(|(_, claim)| *claim)
                .collect();
            claims.into_iter().collect()
        };
        builder.still().claims_beside = dossier.topics.iter().map(claims_beside).collect();
        builder.still().source_links = dossier.sources.iter().map(source_link).collect();
        builder.still().topic_links = dossier.topics.iter().map(topic_link).collect();
        let (sources, topics, claims) = (dossier.sources.len(), dossier.topics.len(), dossier.claims.len());
        builder.keep(
            sources,
            |builder, ix| builder.source_in_brief(SourceIx(ix)),
            |still| &mut still.sources,
        );
        builder.keep(topics, |builder, ix| builder.topic_in_brief(TopicIx(ix)), |still| &mut still.topics);
        builder.keep(claims, |builder, ix| builder.claim_in_brief(ClaimIx(ix)), |still| &mut still.claims);
        builder.keep(sources, |builder, ix| builder.quoted(SourceIx(ix)), |still| &mut still.quoted);
        builder.things.whole_notes = each(dossier.notes.len())
            .map(|ix| builder.note(NoteIx(ix)))
            .collect::<Vec<_>>()
            .into();
        builder.things.whole_claims = each(claims)
            .map(|ix| builder.claim(ClaimIx(ix)))
            .collect::<Vec<_>>()
            .into();
        builder.keep(
            sources,
            |builder, ix| builder.still_source_page(SourceIx(ix)),
            |still| &mut still.source_pages,
        );
        builder.keep(
            topics,
            |builder, ix| builder.still_topic_page(TopicIx(ix)),
            |still| &mut still.topic_pages,
        );
        builder.keep(
            claims,
            |builder, ix| builder.still_claim_page(ClaimIx(ix)),
            |still| &mut still.claim_pages,
        );
        builder
    }

    /// Makes a key of each thing of a kind, from those that are there already.
    fn keep(
        &mut self,
        count: usize,
        key: impl Fn(&Self, u32) -> Hash + Sync + Send,
        into: fn(&mut Still) -> &mut Vec<Hash>,
    ) {
        let keys = each(count).map(|ix| key(self, ix)).collect();
        *into(self.still()) = keys;
    }

    /// While nobody shares it.
    fn still(&mut self) -> &mut Still {
        Arc::make_mut(&mut self.things.still)
    }

    // In brief

    fn source_in_brief(&self, ix: SourceIx) -> Hash {
        let Source { facts, notes, hidden, .. } = self.context.dossier.source(ix);
        sum(|sum| (&self.things.source_links[ix.at()], facts, notes.len(), hidden).hash(sum))
    }

    fn topic_in_brief(&self, ix: TopicIx) -> Hash {
        let Topic { aliases, date, notes, hidden, .. } = self.context.dossier.topic(ix);
        sum(|sum| (&self.things.topic_links[ix.at()], aliases, date, notes.len(), hidden).hash(sum))
    }

    fn claim_in_brief(&self, ix: ClaimIx) -> Hash {
        let Claim { id, title, status, notes, hidden, .. } = self.context.dossier.claim(ix);
        let relations: Vec<Relation> = notes.iter().map(|(relation, _)| *relation).collect();
        sum(|sum| (id, title, status.word(), relations, hidden).hash(sum))
    }

    /// A thing as whoever leads to it shows it.
    fn link(&self, thing: &Thing, sum: &mut Sum) {
        let dossier = self.context.dossier;
        std::mem::discriminant(thing).hash(sum);
        match thing {
            Thing::Source(ix) => self.things.source_links[ix.at()].hash(sum),
            Thing::Note(ix) => {
                let note = dossier.note(*ix);
                // Its title is set as its language does.
                (
                    &self.things.source_links[note.source.at()],
                    &note.id,
                    &note.title,
                    &note.language,
                    self.context.number(*ix),
                )
                    .hash(sum);
            }
            Thing::Topic(ix) => self.things.topic_links[ix.at()].hash(sum),
            Thing::Claim(ix) => (&dossier.claim(*ix).id, &dossier.claim(*ix).title).hash(sum),
            Thing::Page(ix) => (&dossier.page(*ix).id, &dossier.page(*ix).title).hash(sum),
            Thing::Home => {}
            Thing::Heading(thing, id) => {
                self.link(thing, sum);
                // The words of a heading stand in the text of its thing.
                (id, self.context.title(&Thing::Heading(thing.clone(), id.clone()))).hash(sum);
            }
            Thing::Picture(path) => (path, self.context.site.picture(path)).hash(sum),
        }
    }

    /// In the order in which pages list them: that of the dossier, each once.
    fn origins<'o>(&self, origins: impl IntoIterator<Item = &'o Origin>, sum: &mut Sum) {
        let each: BTreeSet<&Origin> = origins.into_iter().collect();
        each.len().hash(sum);
        each.into_iter().for_each(|origin| self.link(&thing_of(*origin), sum));
    }

    fn things(&self, things: &[Option<Thing>], sum: &mut Sum) {
        things.len().hash(sum);
        for thing in things {
            thing.is_some().hash(sum);
            thing.iter().for_each(|thing| self.link(thing, sum));
        }
    }

    // Words

    fn quoted(&self, ix: SourceIx) -> Hash {
        let Source { text, names, quoted_in, .. } = self.context.dossier.source(ix);
        sum(|sum| {
            (&self.things.sources[ix.at()], text).hash(sum);
            self.things(names, sum);
            // Words that are quoted elsewhere have a mark of their own that quotations lead to.
            quoted_in.iter().for_each(|citation| citation.extent.hash(sum));
        })
    }

    fn passage(&self, passage: &Passage, sum: &mut Sum) {
        let Passage { source, verdict, anchors, span: _, attribution } = passage;
        (&self.things.quoted[source.at()], verdict, anchors, attribution).hash(sum);
    }

    fn prose(&self, prose: &Prose, sum: &mut Sum) {
        let Prose { path: _, body, names, quotations } = prose;
        body.known_by.hash_of(|| self::sum(|sum| body.hash(sum))).hash(sum);
        self.things(names, sum);
        for passage in quotations {
            passage.is_some().hash(sum);
            passage.iter().for_each(|passage| self.passage(passage, sum));
        }
    }

    // The whole of things

    fn note(&self, ix: NoteIx) -> Hash {
        let Note {
            source,
            id,
            title,
            place: _,
            passages,
            kind,
            topics,
            date,
            said,
            figures,
            claims,
            page,
            by,
            made,
            confidence,
            language,
            reference,
            comment,
            hidden,
            backlinks,
        } = self.context.dossier.note(ix);
        sum(|sum| {
            (&self.things.sources[source.at()], id, title, self.context.number(ix), kind, date, said)
                .hash(sum);
            (page, by, made, confidence, language, reference, hidden).hash(sum);
            passages.len().hash(sum);
            passages.iter().for_each(|passage| self.passage(passage, sum));
            topics.len().hash(sum);
            topics
                .iter()
                .for_each(|topic| self.things.topic_links[topic.at()].hash(sum));
            figures.len().hash(sum);
            figures
                .iter()
                .for_each(|figure| format!("{:?}", figure.value).hash(sum));
            claims.len().hash(sum);
            for (relation, claim) in claims {
                relation.hash(sum);
                self.link(&Thing::Claim(*claim), sum);
            }
            self.prose(comment, sum);
            self.origins(backlinks, sum);
        })
    }

    /// What pages other than its own show of a claim: what weighs for and against it.
    fn claim(&self, ix: ClaimIx) -> Hash {
        sum(|sum| {
            self.things.claims[ix.at()].hash(sum);
            for (relation, note) in &self.context.dossier.claim(ix).notes {
                (relation, &self.things.whole_notes[note.at()]).hash(sum);
            }
            format!("{:?}", self.context.reasoned.claims[ix.at()]).hash(sum);
        })
    }

    // Pages

    fn source_page(&self, ix: SourceIx) -> Hash {
        let notes = &self.context.dossier.source(ix).notes;
        sum(|sum| {
            self.things.source_pages[ix.at()].hash(sum);
            notes
                .iter()
                .for_each(|note| self.things.whole_notes[note.at()].hash(sum));
        })
    }

    fn still_source_page(&self, ix: SourceIx) -> Hash {
        let dossier = self.context.dossier;
        let Source {
            id: _,
            seed,
            sha256,
            size,
            facts: _,
            siglum: _,
            body: _,
            text: _,
            names: _,
            former_ids,
            hidden: _,
            remarks,
            notes,
            derives_from,
            quoted_in,
            backlinks,
        } = dossier.source(ix);
        sum(|sum| {
            // Its brief and its text stand in what is quoted of it.
            (&self.things.quoted[ix.at()], seed, sha256, size, former_ids, ix, dossier.sources.len())
                .hash(sum);
            for beside in [ix.at().checked_sub(1), Some(ix.at() + 1)] {
                beside.and_then(|at| self.things.sources.get(at)).hash(sum);
            }
            remarks.len().hash(sum);
            remarks.iter().for_each(|remark| self.prose(remark, sum));
            notes.len().hash(sum);
            self.briefs(derives_from, sum);
            self.briefs(&self.context.fragments.repeated_in[ix.at()], sum);
            let origins: Vec<&Origin> = quoted_in.iter().map(|Citation { origin, .. }| origin).collect();
            origins.iter().for_each(|origin| self.link(&thing_of(**origin), sum));
            self.origins(backlinks, sum);
            // Links among its own notes are not listed: which of those that link here are its own tells their
            // order.
            let own: Vec<bool> = backlinks.iter().map(|origin| self.is_of(*origin, ix)).collect();
            own.hash(sum);
            let touched: BTreeSet<TopicIx> = notes
                .iter()
                .flat_map(|note| &dossier.note(*note).topics)
                .copied()
                .collect();
            touched
                .iter()
                .for_each(|topic| self.things.topic_links[topic.at()].hash(sum));
            let named = &self.context.fragments.named[ix.at()];
            named.len().hash(sum);
            named
                .iter()
                .for_each(|topic| self.things.topic_links[topic.at()].hash(sum));
        })
    }

    fn is_of(&self, origin: Origin, source: SourceIx) -> bool {
        match origin {
            Origin::Source(ix) => ix == source,
            Origin::Note(ix) => self.context.dossier.note(ix).source == source,
            Origin::Home | Origin::Page(_) | Origin::Claim(_) | Origin::Topic(_) => false,
        }
    }

    fn briefs(&self, sources: &[SourceIx], sum: &mut Sum) {
        sources.len().hash(sum);
        sources
            .iter()
            .for_each(|source| self.things.sources[source.at()].hash(sum));
    }

    fn topic_page(&self, ix: TopicIx) -> Hash {
        let notes = &self.context.dossier.topic(ix).notes;
        sum(|sum| {
            self.things.topic_pages[ix.at()].hash(sum);
            notes
                .iter()
                .for_each(|note| self.things.whole_notes[note.at()].hash(sum));
            self.things.claims_beside[ix.at()]
                .iter()
                .for_each(|claim| self.things.whole_claims[claim.at()].hash(sum));
        })
    }

    fn still_topic_page(&self, ix: TopicIx) -> Hash {
        let dossier = self.context.dossier;
        let Topic {
            id: _,
            title: _,
            aliases: _,
            kind: _,
            declared: _,
            date: _,
            same_as,
            broader,
            narrower,
            lead,
            notes,
            by_head: _,
            former_ids,
            backlinks,
            hidden: _,
        } = dossier.topic(ix);
        sum(|sum| {
            (&self.things.topics[ix.at()], same_as, former_ids, dossier.sources.len()).hash(sum);
            broader.len().hash(sum);
            broader
                .iter()
                .for_each(|topic| self.things.topic_links[topic.at()].hash(sum));
            self.above(ix, sum);
            narrower.len().hash(sum);
            narrower
                .iter()
                .for_each(|topic| self.things.topics[topic.at()].hash(sum));
            self.prose(lead, sum);
            notes.len().hash(sum);
            let speaking: BTreeSet<SourceIx> = notes
                .iter()
                .map(|note| dossier.note(*note))
                .flat_map(|note| {
                    note.passages
                        .iter()
                        .map(|passage| passage.source)
                        .chain([note.source])
                })
                .collect();
            speaking
                .iter()
                .for_each(|source| self.things.source_links[source.at()].hash(sum));
            // Where few are silent each is named.
            let voices = &self.context.reasoned.coverage.voices[ix.at()];
            voices.count_silent().hash(sum);
            self.briefs(&voices.silent(LISTED), sum);
            let named_in = self
                .context
                .fragments
                .named_in
                .get(&ix)
                .map(Vec::as_slice)
                .unwrap_or_default();
            self.briefs(named_in, sum);
            let claims = &self.things.claims_beside[ix.at()];
            claims.len().hash(sum);
            // What contradicts what stands first, and what sources are at odds over before what one is.
            let contradicted: BTreeSet<usize> = claims
                .iter()
                .filter_map(|claim| self.context.fragments.contradicted.get(claim))
                .copied()
                .collect();
            for found in contradicted
                .into_iter()
                .map(|place| &self.context.reasoned.contradictions[place])
            {
                if let About::Claim(claim) = found.about {
                    (found.between_sources, &self.things.claims[claim.at()]).hash(sum);
                }
            }
            // Notes on very many topics are not looked at for topics that occur together.
            let few = notes
                .iter()
                .map(|note| &dossier.note(*note).topics)
                .filter(|topics| topics.len() <= MOST_OF_A_NOTE);
            let others: BTreeSet<TopicIx> = few.flatten().copied().collect();
            others
                .iter()
                .for_each(|topic| self.things.topic_links[topic.at()].hash(sum));
            for conflict in self.context.conflicts(&self.context.anywhere, ix) {
                serde_json::to_string(&conflict).unwrap_or_default().hash(sum);
            }
            self.origins(backlinks, sum);
        })
    }

    fn claim_page(&self, ix: ClaimIx) -> Hash {
        sum(|sum| (&self.things.claim_pages[ix.at()], &self.things.whole_claims[ix.at()]).hash(sum))
    }

    fn still_claim_page(&self, ix: ClaimIx) -> Hash {
        let dossier = self.context.dossier;
        let Claim {
            id: _,
            title: _,
            aliases: _,
            status: _,
            declared: _,
            against: _,
            text,
            notes: _,
            former_ids: _,
            backlinks,
            hidden: _,
        } = dossier.claim(ix);
        let Weighed { claim: _, supporting: _, disputing: _, mentioning: _, flags, rivals } =
            &self.context.reasoned.claims[ix.at()];
        let excluding = flags
            .iter()
            .filter_map(|flag| if let Flag::Excluded(by) = flag { Some(by) } else { None });
        sum(|sum| {
            // Its brief, its notes and what follows from them stand in the whole of it.
            self.prose(text, sum);
            self.origins(backlinks, sum);
            for others in [rivals.iter().collect::<Vec<_>>(), excluding.collect()] {
                others.len().hash(sum);
                others
                    .iter()
                    .for_each(|other| self.things.claims[other.at()].hash(sum));
            }
            for beside in [ix.at().checked_sub(1), Some(ix.at() + 1)] {
                beside.and_then(|at| self.things.claims.get(at)).hash(sum);
            }
        })
    }

    fn essay(&self, ix: PageIx) -> Hash {
        let dossier = self.context.dossier;
        let Page { id, title, order: _, declared: _, text, former_ids: _, backlinks, hidden } =
            dossier.page(ix);
        sum(|sum| {
            (id, title, hidden).hash(sum);
            self.prose(text, sum);
            self.origins(backlinks, sum);
            dossier.pages.len().hash(sum);
            (0..)
                .map(PageIx)
                .zip(&dossier.pages)
                .for_each(|(other, _)| self.link(&Thing::Page(other), sum));
        })
    }

    /// The page under a former id.
    fn former(&self, thing: &Thing) -> Hash {
        sum(|sum| self.link(thing, sum))
    }

    /// All topics above one, by all ways up.
    fn above(&self, ix: TopicIx, sum: &mut Sum) {
        let mut seen: BTreeSet<TopicIx> = BTreeSet::new();
        let mut open = vec![ix];
        while let Some(topic) = open.pop() {
            for &above in &self.context.dossier.topic(topic).broader {
                self.things.topic_links[above.at()].hash(sum);
                if seen.insert(above) {
                    open.push(above);
                }
            }
        }
    }
}
