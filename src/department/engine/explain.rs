//! Which journals a figure came from.

use super::answers::LakeAnswers;
use super::atoms::Asked;
use super::{Engine, EngineError};
use crate::department::figures::JournalUsed;
use crate::department::lake::tables::Rows;

/// The journals that hold the visits of a question, by kiosk and first record.
pub async fn journals(answers: &LakeAnswers, asked: &Asked) -> Result<Vec<JournalUsed>, EngineError> {
    let mut used = Vec::new();
    for (kiosk, first, last) in sequences(&answers.engine, asked).await? {
        let Some(kiosk) = answers.snapshot.kiosks.get(&kiosk) else { continue };
        for source in kiosk.sources(first, last) {
            used.push(JournalUsed {
                kiosk: kiosk.id.clone(),
                hash: source.file.hex(),
                first_sequence: source.first,
                last_sequence: source.last,
            });
        }
    }
    used.sort_by(|a, b| (&a.kiosk, a.first_sequence, &a.hash).cmp(&(&b.kiosk, b.first_sequence, &b.hash)));
    Ok(used)
}

async fn sequences(engine: &Engine, asked: &Asked) -> Result<Vec<(String, i64, i64)>, EngineError> {
    let mut found = Vec::new();
    for batch in engine.ask("sequences", &asked.atoms).await? {
        let rows = Rows(&batch);
        let (kiosk, first) = (rows.text("kiosk")?, rows.long("first_sequence")?);
        let last = rows.long("last_sequence")?;
        found.extend((0..batch.num_rows()).map(|at| (kiosk.value(at).to_owned(), first.value(at), last.value(at))));
    }
    Ok(found)
}
