//! Every parser that reads what somebody else wrote, given good samples spoilt in all ways and bytes without sense:
//! it may say what it likes, but does not panic, and takes no more memory than its input allows. How to run one for
//! hours: `docs/fuzzing.md`.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// Inputs of an ordinary run.
const CASES: u32 = 192;
/// An input never grows beyond this.
const MAX_INPUT_BYTES: usize = 4 << 20;

thread_local! {
    static HELD: Cell<isize> = const { Cell::new(0) };
    static PEAK: Cell<isize> = const { Cell::new(0) };
}

/// The system's allocator, which also counts what the present thread holds and held at most.
pub struct Counting;

fn count(bytes: isize) {
    // A thread that ends has no counters any more; what it gives back then nobody asks about.
    let _ = HELD.try_with(|held| {
        held.set(held.get() + bytes);
        let _ = PEAK.try_with(|peak| peak.set(peak.get().max(held.get())));
    });
}

// SAFETY: hands every call on to the system's allocator as it is.
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        // SAFETY: the caller's promises are the same.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        // SAFETY: the caller's promises are the same.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        count(new_size as isize - layout.size() as isize);
        // SAFETY: the caller's promises are the same.
        unsafe { System.realloc(pointer, layout, new_size) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        // SAFETY: the caller's promises are the same.
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// Most bytes that this thread held while something ran, beyond those it held before.
pub fn peak_of(run: impl FnOnce()) -> usize {
    let before = HELD.get();
    PEAK.set(before);
    run();
    usize::try_from(PEAK.get() - before).unwrap_or(0)
}

/// One parser and what it reads.
pub struct Target {
    pub name: &'static str,
    pub samples: Vec<Vec<u8>>,
    /// Words that mean something to it.
    pub words: &'static [&'static str],
    /// Bytes it may hold at once: so many for each byte of input, and so many anyway.
    pub held: (usize, usize),
    pub run: fn(&[u8]),
}

/// One way to spoil a text: what is done, where, and how much of it, each to be taken by what there is.
type Spoil = (u8, u32, u32, u8);

fn spoilt(samples: &[Vec<u8>], words: &[&str], which: usize, spoils: &[Spoil]) -> Vec<u8> {
    let mut bytes = samples[which % samples.len()].clone();
    for (what, place, amount, byte) in spoils {
        let (at, amount) = (*place as usize % (bytes.len() + 1), *amount as usize);
        let end = (at + amount % 64).min(bytes.len());
        match what % 12 {
            0 if at < bytes.len() => bytes[at] ^= 1 << (byte % 8),
            1 if at < bytes.len() => bytes[at] = *byte,
            2 => drop(bytes.drain(at..end)),
            3 => bytes.truncate(at),
            4 => insert(&mut bytes, at, &vec![*byte; amount % 5_000]),
            5 => {
                let again = bytes[at..end].repeat(amount % 40);
                insert(&mut bytes, at, &again);
            }
            6 | 7 if !words.is_empty() => insert(&mut bytes, at, words[amount % words.len()].as_bytes()),
            8 if !words.is_empty() => {
                let word = words[amount % words.len()];
                insert(&mut bytes, at, word.repeat(usize::from(*byte) * 40).as_bytes());
            }
            9 => {
                let number =
                    [0u32, 1, 0x7fff_ffff, u32::MAX, 0x8000_0000, 0xffff, amount as u32][usize::from(byte % 7)];
                let number = number.to_le_bytes();
                let width = [1, 2, 4, 4][amount % 4];
                (at..bytes.len()).zip(&number[..width]).for_each(|(at, byte)| bytes[at] = *byte);
            }
            10 => {
                let other = &samples[amount % samples.len()];
                let from = usize::from(*byte) * other.len() / 256;
                let part = other[from..(from + 200).min(other.len())].to_vec();
                insert(&mut bytes, at, &part);
            }
            _ => {
                let digits = at..bytes.len().min(at + 400);
                if let Some(found) = bytes[digits].iter().position(u8::is_ascii_digit) {
                    let number = ["0", "-1", "99999999999999999999", "1e999", "4294967296", "0.0000001"][amount % 6];
                    bytes.splice(at + found..=at + found, number.bytes());
                }
            }
        }
    }
    bytes
}

fn insert(bytes: &mut Vec<u8>, at: usize, more: &[u8]) {
    if bytes.len() + more.len() <= MAX_INPUT_BYTES {
        bytes.splice(at..at, more.iter().copied());
    }
}

fn holds(target: &Target, input: &[u8]) -> Result<(), TestCaseError> {
    let mut ended = Ok(());
    let peak = peak_of(|| ended = catch_unwind(AssertUnwindSafe(|| (target.run)(input))).map_err(drop));
    let allowed = target.held.0 * input.len() + target.held.1;
    let shown = String::from_utf8_lossy(&input[..input.len().min(600)]).into_owned();
    prop_assert!(ended.is_ok(), "{} panics at {} bytes: {shown:?}", target.name, input.len());
    prop_assert!(peak <= allowed, "{} holds {peak} bytes for {}: {shown:?}", target.name, input.len());
    Ok(())
}

fn number_of(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// Runs a target for as long as it is wanted: some inputs, or `HAIDANG_FUZZ_CASES` of them, or for
/// `HAIDANG_FUZZ_SECONDS`. `HAIDANG_FUZZ_SEED` begins elsewhere.
pub fn run(target: &Target) {
    let cases = number_of("HAIDANG_FUZZ_CASES").map_or(CASES, |cases| cases as u32);
    let seconds = number_of("HAIDANG_FUZZ_SECONDS").map(Duration::from_secs);
    let (started, slowest, mut round) = (Instant::now(), Cell::new((Duration::ZERO, 0)), 0u64);
    loop {
        let seed = number_of("HAIDANG_FUZZ_SEED").unwrap_or(0) + round;
        let mut bytes = [7; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let config = Config { cases, failure_persistence: None, max_shrink_iters: 2_000, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
        let raw = proptest::collection::vec(any::<u8>(), 0..300);
        let strategy = (any::<u8>(), proptest::collection::vec(any::<Spoil>(), 0..7), raw);
        let done = runner.run(&strategy, |(which, spoils, raw)| {
            let is_raw = which % 16 == 15;
            let input = if is_raw { raw } else { spoilt(&target.samples, target.words, which.into(), &spoils) };
            let began = Instant::now();
            holds(target, &input)?;
            slowest.set(slowest.get().max((began.elapsed(), input.len())));
            Ok(())
        });
        if let Err(error) = done {
            panic!("seed {seed}: {error}");
        }
        round += 1;
        if seconds.is_none_or(|seconds| started.elapsed() >= seconds) {
            break;
        }
    }
    let ((longest, bytes), inputs) = (slowest.get(), u64::from(cases) * round);
    eprintln!("{}: {inputs} inputs, the slowest ({bytes} bytes) took {} ms", target.name, longest.as_millis());
}
