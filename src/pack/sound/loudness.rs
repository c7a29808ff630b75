//! Loudness of a sound as a listener hears it, by ITU-R BS.1770-4: weighted, in overlapping blocks, gated.

use std::f64::consts::PI;
use std::fs::File;
use std::path::Path;
use symphonia::core::codecs::audio::AudioDecoderOptions;
use symphonia::core::errors::Error;
use symphonia::core::formats::FormatOptions;
use symphonia::core::formats::TrackType;
use symphonia::core::formats::probe::Hint;
use symphonia::core::io::MediaSourceStream;
use symphonia::core::meta::MetadataOptions;

/// Blocks of 400 ms begin every 100 ms.
const STEPS_PER_SECOND: u32 = 10;
const STEPS_PER_BLOCK: usize = 4;
/// Quieter blocks are silence.
const ABSOLUTE_GATE: f64 = -70.0;
/// Blocks so much quieter than the mean of the others are pauses.
const RELATIVE_GATE: f64 = -10.0;

/// Why a sound has no loudness.
#[derive(Debug, thiserror::Error)]
pub enum SoundError {
    #[error("cannot be read: {0}")]
    Io(#[from] std::io::Error),
    #[error("cannot be decoded: {0}")]
    Decoding(String),
}

/// LUFS of a whole file; none when it is silent or shorter than a block.
pub fn loudness(path: &Path) -> Result<Option<f64>, SoundError> {
    let undecodable = |error: Error| SoundError::Decoding(error.to_string());
    let stream = MediaSourceStream::new(Box::new(File::open(path)?), Default::default());
    let mut hint = Hint::new();
    if let Some(extension) = path.extension().and_then(|extension| extension.to_str()) {
        hint.with_extension(extension);
    }
    let mut format = symphonia::default::get_probe()
        .probe(&hint, stream, FormatOptions::default(), MetadataOptions::default())
        .map_err(undecodable)?;
    let track = format.default_track(TrackType::Audio);
    let parameters = track.and_then(|track| Some((track.id, track.codec_params.as_ref()?.audio()?.clone())));
    let (id, parameters) = parameters.ok_or_else(|| SoundError::Decoding("no sound in it".to_owned()))?;
    let mut decoder = symphonia::default::get_codecs()
        .make_audio_decoder(&parameters, &AudioDecoderOptions::default())
        .map_err(undecodable)?;
    let mut meter: Option<Meter> = None;
    let mut samples: Vec<f32> = Vec::new();
    while let Some(packet) = next_packet(format.as_mut())? {
        if packet.track_id != id {
            continue;
        }
        match decoder.decode(&packet) {
            Ok(decoded) => {
                let (rate, channels) = (decoded.spec().rate(), decoded.num_planes());
                samples.resize(decoded.samples_interleaved(), 0.0);
                decoded.copy_to_slice_interleaved(&mut samples);
                meter.get_or_insert_with(|| Meter::new(rate, channels)).hear(&samples);
            }
            Err(Error::DecodeError(_)) => {}
            Err(error) => return Err(undecodable(error)),
        }
    }
    let meter = meter.ok_or_else(|| SoundError::Decoding("no sound in it".to_owned()))?;
    Ok(meter.loudness())
}

type Format<'a> = dyn symphonia::core::formats::FormatReader + 'a;

/// A file that stops half-way ends there.
fn next_packet(format: &mut Format<'_>) -> Result<Option<symphonia::core::packet::Packet>, SoundError> {
    match format.next_packet() {
        Ok(packet) => Ok(packet),
        Err(Error::IoError(error)) if error.kind() == std::io::ErrorKind::UnexpectedEof => Ok(None),
        Err(Error::ResetRequired) => Ok(None),
        Err(error) => Err(SoundError::Decoding(error.to_string())),
    }
}

/// One filter of second order.
#[derive(Clone, Copy, Debug)]
struct Filter {
    b: [f64; 3],
    a: [f64; 2],
    held: [f64; 2],
}

impl Filter {
    /// What the head does to sound: high tones gain 4 dB.
    fn head(rate: f64) -> Self {
        let (corner, gain, q) = (1681.974450955533, 3.999843853973347, 0.7071752369554196);
        let k = (PI * corner / rate).tan();
        let high = 10f64.powf(gain / 20.0);
        let band = high.powf(0.4996667741545416);
        let whole = 1.0 + k / q + k * k;
        let b = [high + band * k / q + k * k, 2.0 * (k * k - high), high - band * k / q + k * k];
        Self { b: b.map(|b| b / whole), a: Self::poles(k, q), held: [0.0; 2] }
    }

    /// What is too low to be heard is taken away.
    fn low_cut(rate: f64) -> Self {
        let (corner, q) = (38.13547087602444, 0.5003270373238773);
        Self { b: [1.0, -2.0, 1.0], a: Self::poles((PI * corner / rate).tan(), q), held: [0.0; 2] }
    }

    fn poles(k: f64, q: f64) -> [f64; 2] {
        let whole = 1.0 + k / q + k * k;
        [2.0 * (k * k - 1.0) / whole, (1.0 - k / q + k * k) / whole]
    }

    fn pass(&mut self, x: f64) -> f64 {
        let y = self.b[0] * x + self.held[0];
        self.held = [self.b[1] * x - self.a[0] * y + self.held[1], self.b[2] * x - self.a[1] * y];
        y
    }
}

/// Hears samples one after the other and knows in the end how loud they were.
#[derive(Debug)]
pub struct Meter {
    filters: Vec<[Filter; 2]>,
    step_frames: usize,
    frames: usize,
    sum: f64,
    /// Mean square of every full step, all channels together.
    steps: Vec<f64>,
}

impl Meter {
    pub fn new(rate: u32, channels: usize) -> Self {
        let hertz = f64::from(rate.max(1));
        let filters = vec![[Filter::head(hertz), Filter::low_cut(hertz)]; channels.max(1)];
        let step_frames = ((rate / STEPS_PER_SECOND) as usize).max(1);
        Self { filters, step_frames, frames: 0, sum: 0.0, steps: Vec::new() }
    }

    /// Samples of all channels in turn.
    pub fn hear(&mut self, samples: &[f32]) {
        for frame in samples.chunks_exact(self.filters.len()) {
            for (sample, [head, low_cut]) in frame.iter().zip(&mut self.filters) {
                let weighted = low_cut.pass(head.pass(f64::from(*sample)));
                self.sum += weighted * weighted;
            }
            self.frames += 1;
            if self.frames == self.step_frames {
                self.steps.push(self.sum / self.step_frames as f64);
                (self.frames, self.sum) = (0, 0.0);
            }
        }
    }

    pub fn loudness(&self) -> Option<f64> {
        let blocks: Vec<f64> = self.steps.windows(STEPS_PER_BLOCK).map(mean).collect();
        let loud: Vec<f64> = blocks.into_iter().filter(|power| lufs(*power) > ABSOLUTE_GATE).collect();
        let gate = lufs(mean(&loud)) + RELATIVE_GATE;
        let spoken: Vec<f64> = loud.into_iter().filter(|power| lufs(*power) > gate).collect();
        (!spoken.is_empty()).then(|| lufs(mean(&spoken)))
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

fn lufs(power: f64) -> f64 {
    -0.691 + 10.0 * power.log10()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(rate: u32, seconds: u32, peak: f64) -> Vec<f32> {
        let at = |n: u32| (2.0 * PI * 997.0 * f64::from(n) / f64::from(rate)).sin() * peak;
        (0..rate * seconds).map(|n| at(n) as f32).collect()
    }

    #[test]
    fn a_full_tone_in_one_channel_has_the_loudness_the_standard_gives() {
        for rate in [22_050, 44_100, 48_000] {
            let mut meter = Meter::new(rate, 1);
            meter.hear(&tone(rate, 5, 1.0));
            let told = meter.loudness().expect("loud");
            assert!((told + 3.01).abs() < 0.05, "{rate}: {told}");
        }
    }

    #[test]
    fn pauses_do_not_count_and_silence_has_no_loudness() {
        let mut meter = Meter::new(48_000, 1);
        meter.hear(&tone(48_000, 5, 0.1));
        meter.hear(&vec![0.0; 48_000 * 20]);
        let told = meter.loudness().expect("loud");
        assert!((told + 23.01).abs() < 0.2, "{told}");
        let mut silent = Meter::new(48_000, 2);
        silent.hear(&vec![0.0; 96_000]);
        assert_eq!(silent.loudness(), None);
    }
}
