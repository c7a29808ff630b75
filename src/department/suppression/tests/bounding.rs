//! Every number narrowed by every sum it is part of, over several kiosks, segments and tables at once.

use super::*;

/// What somebody knows of one unknown number.
type Bounds = (u64, u64);
/// Unknown numbers, and between what their sum lies.
type Fact = (Vec<usize>, Bounds);

/// Narrows every unknown by every fact until nothing moves: what an attacker who knows only what is told can find.
fn attacked(unknowns: usize, facts: &[Fact]) -> Vec<Bounds> {
    let mut known = vec![(0, 1_000_000); unknowns];
    for _ in 0..200 {
        let before = known.clone();
        for (members, (least, most)) in facts {
            let low: u64 = members.iter().map(|at| known[*at].0).sum();
            let high: u64 = members.iter().map(|at| known[*at].1).sum();
            for at in members {
                let (first, last) = known[*at];
                known[*at] = (first.max(least.saturating_sub(high - last)), last.min(most - (low - first).min(*most)));
            }
        }
        if known == before {
            break;
        }
    }
    known
}

/// One atom: visits by day, hour (24 a weekday, three used), and language, on the days 0 to 13.
#[derive(Clone, Debug)]
struct Atom {
    days: Vec<u64>,
    hours: Vec<u64>,
    languages: Vec<u64>,
}

fn atom() -> impl Strategy<Value = Atom> {
    let weights = prop_oneof![Just(160_usize), Just(60), Just(12), Just(2)];
    let visits = prop::collection::vec((0..14_usize, 0..9_usize, 0..20_usize), 160);
    (weights, visits).prop_map(|(most, visits)| {
        let mut atom = Atom { days: vec![0; 14], hours: vec![0; 21], languages: vec![0; 3] };
        for (day, hour, language) in visits.into_iter().take(most) {
            // Uneven, as days are: the second week's end is nearly empty.
            let day = if day > 10 && hour > 1 { day % 4 } else { day };
            atom.days[day] += 1;
            atom.hours[day % 7 * 3 + [0, 0, 0, 0, 0, 1, 1, 1, 2][hour]] += 1;
            atom.languages[if language > 1 { 0 } else { language + 1 }] += 1;
        }
        atom
    })
}

impl Atom {
    fn visits(&self) -> u64 {
        self.days.iter().sum()
    }

    /// Days, hours, languages in the order of the unknowns.
    fn told(&self) -> Vec<Told> {
        let on = |weekday: usize| [self.days[weekday], self.days[weekday + 7]];
        let nodes = weekdays(std::array::from_fn(|weekday| on(weekday).iter().sum()), [2; 7], T);
        let of_days: Vec<Vec<Told>> =
            (0..7).map(|weekday| split_in_thresholds(&on(weekday), nodes[weekday], T)).collect();
        let mut told: Vec<Told> = (0..14).map(|day| of_days[day % 7][day / 7]).collect();
        for (hours, node) in self.hours.chunks(3).zip(nodes) {
            told.extend(split(hours, node, T));
        }
        told.extend(protect(&self.languages, T));
        told
    }
}

const ROWS: usize = 14 + 21 + 3;

/// Two kiosks over three segments; published for each and both, over every run of segments.
fn facts(atoms: &[Vec<Atom>]) -> Vec<Fact> {
    let at = |kiosk: usize, segment: usize, row: usize| (kiosk * 3 + segment) * ROWS + row;
    let mut facts: Vec<Fact> = Vec::new();
    for kiosks in [0..1, 1..2, 0..2] {
        for (first, last) in [(0, 0), (1, 1), (2, 2), (0, 1), (1, 2), (0, 2)] {
            let mine: Vec<(usize, usize)> =
                kiosks.clone().flat_map(|kiosk| (first..=last).map(move |segment| (kiosk, segment))).collect();
            let sum = |told: &dyn Fn(&Atom) -> Told| mine.iter().map(|(k, s)| told(&atoms[*k][*s])).sum::<Told>();
            let fact = |rows: std::ops::Range<usize>, told: Told| {
                let unknowns = mine.iter().flat_map(|(k, s)| rows.clone().map(|row| at(*k, *s, row))).collect();
                (unknowns, (told.shown, told.shown + told.more))
            };
            facts.extend((0..ROWS).map(|row| fact(row..row + 1, sum(&|atom| atom.told()[row]))));
            let all = sum(&|atom| total(atom.visits(), T));
            facts.extend([0..14, 14..35, 35..38].map(|table| fact(table, all)));
        }
    }
    // Days and hours of one weekday are the same visits: each bounds the other by what is told of it.
    for (kiosk, segments) in atoms.iter().enumerate() {
        for (segment, atom) in segments.iter().enumerate() {
            let told = atom.told();
            for weekday in 0..7 {
                let days = [weekday, weekday + 7];
                let hours = [0, 1, 2].map(|hour| 14 + weekday * 3 + hour);
                let bounds = |rows: &[usize]| {
                    let sum: Told = rows.iter().map(|row| told[*row]).sum();
                    (sum.shown, sum.shown + sum.more)
                };
                let known = |rows: &[usize]| rows.iter().map(|row| at(kiosk, segment, *row)).collect::<Vec<_>>();
                facts.push((known(&days), bounds(&hours)));
                facts.push((known(&hours), bounds(&days)));
            }
        }
    }
    facts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Two kiosks, three segments, overlapping reports, three tables that count the same visits.
    #[test]
    fn bounding_every_number_by_every_other_narrows_no_small_one(
        atoms in prop::collection::vec(prop::collection::vec(atom(), 3), 2),
    ) {
        let known = attacked(6 * ROWS, &facts(&atoms));
        for (at, atom) in atoms.iter().flatten().enumerate() {
            let rows = [&atom.days[..], &atom.hours, &atom.languages].concat();
            for (row, value) in rows.into_iter().enumerate() {
                let (least, most) = known[at * ROWS + row];
                prop_assert!(least <= value && value <= most, "told what is not true");
                prop_assert!(value >= T || atom.visits() == 0 || (least == 0 && most >= T - 1), "{value}: {least}–{most}");
            }
        }
    }
}
