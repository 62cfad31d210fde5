//! Where the model, the gazetteer and packs lie on this machine.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use super::inside;
use crate::failure::Failure;

/// What to do where there is no model.
pub(super) const FETCH_MODEL: &str = "`make model` fetches it into ./models";
/// What to do where the gazetteer is broken.
pub(super) const FETCH_GAZETTEER: &str = "`make model` fetches it again, once the file is removed";

const GAZETTEER: &str = "gazetteer.bin";

/// The folder of the model: the one that was named, else in the user's data folder, in `./models`, or in the program.
pub(super) fn model(named: Option<&Path>) -> Result<PathBuf, Failure> {
    if let Some(named) = named {
        let none = || Failure::new(format!("{}: no English model is there", named.display()), FETCH_MODEL);
        return model_in(named).ok_or_else(none);
    }
    let places = models();
    places.iter().find_map(|p| model_in(p)).ok_or_else(|| no_model(&places))
}

fn no_model(places: &[PathBuf]) -> Failure {
    let looked: Vec<String> = places.iter().map(|p| p.display().to_string()).collect();
    let hint =
        format!("{FETCH_MODEL}; looked in {}, and neither --model nor TRUCEWATCH_MODEL is given", looked.join(", "));
    Failure::new("no English model was found", hint)
}

/// Folders that may hold models, in the order in which they are looked in.
fn models() -> Vec<PathBuf> {
    let inside = inside::root().map(|program| program.join("models"));
    data().map(|d| d.join("models")).into_iter().chain([PathBuf::from("models")]).chain(inside).collect()
}

/// The model in a folder: the folder itself or, by name the last one, a folder in it. A model has a `meta.json`.
fn model_in(folder: &Path) -> Option<PathBuf> {
    let is_model = |path: &PathBuf| inside::is_file(&path.join("meta.json"));
    let in_it = || inside::entries(folder).ok()?.into_iter().filter(is_model).max();
    Some(folder.to_path_buf()).filter(is_model).or_else(in_it)
}

/// The file of the world gazetteer, where there is one: named, beside the model, or in a folder of models.
pub(super) fn gazetteer(named: Option<&Path>, model: &Path) -> Result<Option<PathBuf>, Failure> {
    if let Some(named) = named {
        if named == Path::new("none") {
            return Ok(None);
        }
        let none = || Failure::new(format!("{}: no gazetteer is there", named.display()), FETCH_GAZETTEER);
        return Some(named.to_path_buf()).filter(|p| p.is_file()).ok_or_else(none).map(Some);
    }
    let beside = model.parent().map(Path::to_path_buf);
    let places = beside.into_iter().chain(models());
    Ok(places.map(|p| p.join(GAZETTEER)).find(|p| inside::is_file(p)))
}

/// Folders that may hold packs, in the order in which they are looked in.
pub(super) fn packs(named: Option<&Path>) -> Vec<PathBuf> {
    let program = env::current_exe().and_then(fs::canonicalize).ok();
    let above = |levels: usize| program.as_deref().and_then(|p| p.ancestors().nth(levels)).map(|p| p.join("packs"));
    let places = [named.map(Path::to_path_buf), data().map(|d| d.join("packs")), Some(PathBuf::from("packs"))];
    let inside = inside::root().map(|program| program.join("packs"));
    let places = places.into_iter().chain([above(1), above(2), above(3), inside]);
    places.flatten().filter(|p| inside::is_dir(p)).collect()
}

/// The user's data folder for this program.
fn data() -> Option<PathBuf> {
    dirs::data_dir().map(|d| d.join("trucewatch"))
}
