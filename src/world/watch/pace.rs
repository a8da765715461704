//! When to look at the folder again: at once when something happened, but not for every drop of a flood; and
//! now and then although nothing was heard, since systems forget to tell.

use std::time::{Duration, Instant};

/// A change this long after the last look is looked at on the instant.
const CALM: Duration = Duration::from_millis(120);

/// In a flood: how long it must be quiet until the next look.
const QUIET: Duration = Duration::from_millis(20);

/// In a flood that does not end: how long to gather at most. Ten builds in two seconds are enough for any
/// eye.
const PATIENCE: Duration = Duration::from_millis(220);

/// What was changed shortly before a look is looked at once more, when another change of it shows for
/// certain.
const ONCE_MORE: Duration = Duration::from_millis(2100);

/// How often to look although nothing was heard.
const SAFETY: Duration = Duration::from_secs(5);

/// How often to look where nothing can be heard.
const POLL: Duration = Duration::from_millis(300);

/// What the last look cost, times this, is how long nothing is done at least: a few hundredths of a processor
/// in a folder of any size.
const REST: u32 = 30;

/// Decides when to look.
#[derive(Debug)]
pub struct ScanSchedule {
    polls: bool,
    /// The last look at the whole.
    last: Option<Look>,
    /// When the last look or glance, and what followed from it, were over.
    ended: Option<Instant>,
    /// The first and the last hint since the last look.
    hinted: Option<(Instant, Instant)>,
    /// A look that was promised for a reason of its own.
    promised: Option<Instant>,
    /// The same, at what was changed shortly before the last look, or was half done, alone.
    once_more: Option<Instant>,
}

#[derive(Clone, Copy, Debug)]
struct Look {
    ended: Instant,
    took: Duration,
}

impl ScanSchedule {
    pub fn new(polls: bool) -> ScanSchedule {
        ScanSchedule { polls, last: None, ended: None, hinted: None, promised: None, once_more: None }
    }

    /// From now on nothing can be heard.
    pub fn poll(&mut self) {
        self.polls = true;
    }

    /// Something was heard.
    pub fn hint(&mut self, now: Instant) {
        self.hinted = Some(self.hinted.map_or((now, now), |(first, _)| (first, now)));
    }

    /// The folder is to be looked at again at a time, whatever is heard.
    pub fn promise(&mut self, at: Instant) {
        self.promised = Some(self.promised.map_or(at, |promised| promised.min(at)));
    }

    /// What was changed just now is to be looked at once more.
    pub fn promise_once_more(&mut self, now: Instant) {
        self.once_more = self.once_more.or(Some(now + ONCE_MORE));
    }

    /// The same at a time, as what is half done needs it.
    pub fn promise_glance(&mut self, at: Instant) {
        self.once_more = Some(self.once_more.map_or(at, |promised| promised.min(at)));
    }

    /// A look, and what followed from it, are over. What was heard since it began counts for the next one.
    pub fn looked(&mut self, began: Instant, took: Duration, now: Instant) {
        self.last = Some(Look { ended: now, took });
        self.ended = Some(now);
        self.hinted = self.hinted.filter(|(_, last)| *last > began);
        self.promised = self.promised.filter(|promised| *promised > began);
        self.once_more = self.once_more.filter(|promised| *promised > began);
    }

    /// A look at some files alone, and what followed from it, are over: one at the whole is as due as it was.
    pub fn glanced(&mut self, began: Instant, now: Instant) {
        self.ended = Some(now);
        self.hinted = self.hinted.filter(|(_, last)| *last > began);
        self.once_more = self.once_more.filter(|promised| *promised > began);
    }

    /// Whether the whole folder is to be looked at now, whatever is heard.
    pub fn is_promised(&self, now: Instant) -> bool {
        self.promised.is_some_and(|promised| promised <= now)
    }

    /// Whether what was changed shortly before the last look, or was half done, is to be looked at now.
    pub fn is_promised_once_more(&self, now: Instant) -> bool {
        self.once_more.is_some_and(|promised| promised <= now)
    }

    /// Whether something was heard that was not looked at yet.
    pub fn is_hinted(&self) -> bool {
        self.hinted.is_some()
    }

    /// When to look next.
    pub fn due(&self, now: Instant) -> Instant {
        let Some(last) = self.last else { return now };
        let ended = self.ended.unwrap_or(last.ended);
        let by_hint = self
            .hinted
            .map(|(first, latest)| match first.saturating_duration_since(ended) {
                calm if calm >= CALM => first,
                _ => (latest + QUIET).min(first + PATIENCE),
            });
        let rest = last.took * REST;
        let by_itself = last.ended + if self.polls { POLL.max(rest) } else { SAFETY.max(10 * rest) };
        [by_hint, self.promised, self.once_more]
            .into_iter()
            .flatten()
            .fold(by_itself, Instant::min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    /// Hints at the given milliseconds, a look whenever it is due, each look taking ten: when the looks
    /// began.
    fn looks(polls: bool, hints: &[u64], until: u64) -> Vec<u64> {
        let start = Instant::now();
        let mut pace = ScanSchedule::new(polls);
        let mut looks = Vec::new();
        let mut hints = hints.iter().map(|hint| start + ms(*hint)).peekable();
        let mut now = start;
        while now < start + ms(until) {
            while let Some(hint) = hints.next_if(|hint| *hint <= now) {
                pace.hint(hint);
            }
            if pace.due(now) <= now {
                looks.push((now - start).as_millis() as u64);
                let began = now;
                now += ms(10);
                pace.looked(began, ms(1), now);
            } else {
                now += ms(1);
            }
        }
        looks
    }

    #[test]
    fn a_save_is_looked_at_on_the_instant() {
        assert_eq!(looks(false, &[1000], 2000), [0, 1000]);
    }

    #[test]
    fn what_belongs_to_one_save_is_looked_at_twice_at_most() {
        assert_eq!(looks(false, &[1000, 1001, 1002, 1015, 1020], 2000), [0, 1000, 1040]);
    }

    #[test]
    fn a_flood_of_two_seconds_is_ten_looks_and_the_last_comes_soon() {
        let flood: Vec<u64> = (0..200).map(|i| 1000 + 10 * i).collect();
        let looks = looks(false, &flood, 5000);
        assert!(looks.len() <= 11, "{looks:?}");
        assert_eq!(looks.last(), Some(&3010));
    }

    #[test]
    fn nothing_heard_is_looked_at_now_and_then() {
        assert_eq!(looks(false, &[], 11_000), [0, 5010, 10_020]);
        assert_eq!(looks(true, &[], 1000), [0, 310, 620, 930]);
    }

    #[test]
    fn a_large_folder_is_left_alone_longer() {
        let now = Instant::now();
        let mut pace = ScanSchedule::new(true);
        pace.looked(now, ms(100), now);
        assert_eq!(pace.due(now), now + ms(3000));
    }

    #[test]
    fn what_was_promised_is_kept() {
        let now = Instant::now();
        let mut pace = ScanSchedule::new(false);
        pace.looked(now, ms(1), now);
        pace.promise(now + ms(50));
        pace.promise(now + ms(2000));
        assert_eq!(pace.due(now), now + ms(50));
    }

    #[test]
    fn a_promise_made_during_a_look_outlives_what_follows_from_it_and_a_glance_fulfils_none() {
        let start = Instant::now();
        let mut pace = ScanSchedule::new(false);
        pace.looked(start, ms(1), start + ms(1));
        pace.promise(start + ms(50));
        pace.looked(start, ms(1), start + ms(80)); // a build took longer
        assert_eq!(pace.due(start + ms(80)), start + ms(50));
        pace.glanced(start + ms(90), start + ms(95));
        assert!(pace.is_promised(start + ms(95)));
        pace.looked(start + ms(100), ms(1), start + ms(101));
        assert!(!pace.is_promised(start + ms(101)));
        // Nor does a glance put off the next look at the whole.
        pace.glanced(start + ms(4000), start + ms(4001));
        assert_eq!(pace.due(start + ms(4001)), start + ms(101) + SAFETY);
    }

    #[test]
    fn what_was_changed_just_now_is_due_once_more_by_the_first_of_its_changes() {
        let start = Instant::now();
        let mut pace = ScanSchedule::new(false);
        pace.looked(start, ms(1), start);
        pace.promise_once_more(start);
        pace.glanced(start + ms(1000), start + ms(1001));
        pace.promise_once_more(start + ms(1001));
        assert_eq!(pace.due(start + ms(1001)), start + ONCE_MORE);
        assert!(pace.is_promised_once_more(start + ONCE_MORE));
        pace.glanced(start + ONCE_MORE, start + ONCE_MORE);
        assert!(!pace.is_promised_once_more(start + ms(5000)));
    }
}
