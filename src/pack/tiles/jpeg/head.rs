//! The segments of a JPEG up to its scan: what the picture is, or that it is none that can be cut as coefficients.

use super::ScanError;
use super::format::{Component, Format};
use super::huffman::Spec;
use super::marks;
use std::io::{ErrorKind, Read};

/// A picture whose scan comes next.
pub struct Head {
    pub width: u32,
    pub height: u32,
    pub format: Format,
    /// Groups between restart markers; zero when there are none.
    pub restart_groups: u32,
}

/// The frame's word on a component.
struct Plane {
    id: u8,
    across: usize,
    down: usize,
    steps: usize,
}

#[derive(Default)]
struct Draft {
    steps: [Option<[u8; 64]>; 4],
    dc: [Option<Spec>; 2],
    ac: [Option<Spec>; 2],
    frame: Option<(u32, u32, Vec<Plane>)>,
    restart_groups: u32,
    has_jfif: bool,
    has_adobe: bool,
}

/// What a segment leads to.
enum Step {
    GoOn,
    /// Well or badly made, this picture is for another decoder.
    Foreign,
    Scan(Head),
}

type Taken<T> = Result<T, &'static str>;

/// Reads up to the scan. `None` for everything that is no baseline JPEG of the simple kind: the caller begins anew
/// with another decoder.
pub fn read_head(input: &mut impl Read) -> Result<Option<Head>, ScanError> {
    let mut start = [0u8; 2];
    match input.read_exact(&mut start) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    if start != [0xFF, 0xD8] {
        return Ok(None);
    }
    let mut draft = Draft::default();
    loop {
        let marker = next_marker(input)?;
        if matches!(marker, 0x01 | 0xD0..=0xD7) {
            continue;
        }
        let body = read_body(input)?;
        match draft.take(marker, &body).map_err(ScanError::Head)? {
            Step::GoOn => {}
            Step::Foreign => return Ok(None),
            Step::Scan(head) => return Ok(Some(head)),
        }
    }
}

fn read_bytes<const N: usize>(input: &mut impl Read) -> Result<[u8; N], ScanError> {
    let mut bytes = [0; N];
    fill(input, &mut bytes)?;
    Ok(bytes)
}

fn fill(input: &mut impl Read, bytes: &mut [u8]) -> Result<(), ScanError> {
    input.read_exact(bytes).map_err(|error| match error.kind() {
        ErrorKind::UnexpectedEof => ScanError::Head("the file ends there"),
        _ => error.into(),
    })
}

fn next_marker(input: &mut impl Read) -> Result<u8, ScanError> {
    if read_bytes::<1>(input)? != [0xFF] {
        return Err(ScanError::Head("there is no marker where one must be"));
    }
    loop {
        let [marker] = read_bytes(input)?;
        match marker {
            0xFF => {}
            0x00 | 0xD8 | 0xD9 => return Err(ScanError::Head("there is a marker that may not be there")),
            _ => return Ok(marker),
        }
    }
}

fn read_body(input: &mut impl Read) -> Result<Vec<u8>, ScanError> {
    let length = usize::from(u16::from_be_bytes(read_bytes(input)?));
    let length = length.checked_sub(2).ok_or(ScanError::Head("a segment has an impossible length"))?;
    let mut body = vec![0; length];
    fill(input, &mut body)?;
    Ok(body)
}

impl Draft {
    fn take(&mut self, marker: u8, body: &[u8]) -> Taken<Step> {
        match marker {
            0xC0 | 0xC1 => return self.take_frame(body),
            // Progressive, lossless, hierarchical, arithmetic, or of a height told later.
            0xC2 | 0xC3 | 0xC5..=0xCF | 0xDC => return Ok(Step::Foreign),
            0xC4 => return self.take_huffman(body),
            0xDB => return self.take_steps(body),
            0xDD => self.restart_groups = u32::from(number(body, 0).ok_or("the restart interval is too short")?),
            0xDA => return self.begin_scan(body),
            0xE0 => self.has_jfif |= body.starts_with(b"JFIF\0"),
            0xE1 if marks::is_turned(body) => return Ok(Step::Foreign),
            0xE2 if marks::has_other_colours(body) => return Ok(Step::Foreign),
            0xEE if marks::is_other_model(body) => return Ok(Step::Foreign),
            0xEE => self.has_adobe |= body.starts_with(b"Adobe"),
            _ => {}
        }
        Ok(Step::GoOn)
    }

    fn take_frame(&mut self, body: &[u8]) -> Taken<Step> {
        let (fixed, planes) = body.split_first_chunk::<6>().ok_or("the frame is too short")?;
        let (height, width) = (number(fixed, 1).unwrap_or(0), number(fixed, 3).unwrap_or(0));
        if fixed[0] != 8 || height == 0 || !matches!(fixed[5], 1 | 3) {
            return Ok(Step::Foreign);
        }
        if width == 0 || planes.len() != usize::from(fixed[5]) * 3 || self.frame.is_some() {
            return Err("the frame contradicts itself");
        }
        let planes = planes.chunks_exact(3).map(|plane| Plane {
            id: plane[0],
            across: usize::from(plane[1] >> 4),
            down: usize::from(plane[1] & 15),
            steps: usize::from(plane[2]),
        });
        self.frame = Some((width.into(), height.into(), planes.collect()));
        Ok(Step::GoOn)
    }

    fn take_huffman(&mut self, mut body: &[u8]) -> Taken<Step> {
        while let Some((&place, rest)) = body.split_first() {
            let (spec, rest) = Spec::read(rest)?;
            body = rest;
            let (tables, largest) = if place >> 4 == 0 { (&mut self.dc, 11) } else { (&mut self.ac, 0xFF) };
            let Some(slot) = tables.get_mut(usize::from(place & 15)).filter(|_| place >> 4 <= 1) else {
                return Ok(Step::Foreign);
            };
            if spec.symbols().iter().any(|symbol| *symbol > largest) {
                return Err("a Huffman table knows differences that cannot be");
            }
            *slot = Some(spec);
        }
        Ok(Step::GoOn)
    }

    fn take_steps(&mut self, mut body: &[u8]) -> Taken<Step> {
        while let Some((&place, rest)) = body.split_first() {
            // Steps of 16 bits cannot be written as baseline.
            let Some(slot) = self.steps.get_mut(usize::from(place)) else { return Ok(Step::Foreign) };
            let (steps, rest) = rest.split_first_chunk::<64>().ok_or("a table of steps ends early")?;
            if steps.contains(&0) {
                return Err("a table of steps has a step of zero");
            }
            (*slot, body) = (Some(*steps), rest);
        }
        Ok(Step::GoOn)
    }

    /// All components in one scan, with all their coefficients.
    fn begin_scan(&mut self, body: &[u8]) -> Taken<Step> {
        let (width, height, planes) = self.frame.take().ok_or("the scan comes before the frame")?;
        let rgb_ids = planes.iter().map(|plane| plane.id).eq(*b"RGB");
        if rgb_ids && !self.has_jfif && !self.has_adobe {
            return Ok(Step::Foreign);
        }
        let (&count, body) = body.split_first().ok_or("the scan is too short")?;
        let (choices, range) = body.split_at_checked(usize::from(count) * 2).ok_or("the scan is too short")?;
        if usize::from(count) != planes.len() || range != [0, 63, 0] {
            return Ok(Step::Foreign);
        }
        let mut components = Vec::new();
        for (plane, choice) in planes.iter().zip(choices.chunks_exact(2)) {
            if plane.id != choice[0] {
                return Err("the scan names other components than the frame");
            }
            components.push(self.component(plane, choice[1])?);
        }
        Ok(match Format::new(components) {
            Some(format) => Step::Scan(Head { width, height, format, restart_groups: self.restart_groups }),
            None => Step::Foreign,
        })
    }

    fn component(&self, plane: &Plane, tables: u8) -> Taken<Component> {
        const MISSING: &str = "the scan needs a table that is missing";
        Ok(Component {
            across: plane.across,
            down: plane.down,
            steps: self.steps.get(plane.steps).copied().flatten().ok_or(MISSING)?,
            dc: self.dc.get(usize::from(tables >> 4)).cloned().flatten().ok_or(MISSING)?,
            ac: self.ac.get(usize::from(tables & 15)).cloned().flatten().ok_or(MISSING)?,
        })
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().copied().map(u16::from_be_bytes)
}
