//! A folder of files to be written for somebody outside: tables, texts, and copies of files that lie elsewhere.
//!
//! Only says what is to be in it; whoever has a disk writes it.

/// What is to be in a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pack {
    /// Tables, written as comma-separated values.
    pub sheets: Vec<Sheet>,
    /// Texts.
    pub texts: Vec<Text>,
    /// Whole paths of files to be copied.
    pub copies: Vec<String>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The name of its file: "sessions.csv".
    pub name: &'static str,
    /// Its head.
    pub head: Vec<&'static str>,
    /// Its rows, each as long as the head.
    pub rows: Vec<Vec<String>>,
}

/// A text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The name of its file: "appeal.txt".
    pub name: &'static str,
    /// What stands in it.
    pub text: String,
}

impl Pack {
    /// How many files it comes to.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sheets.len() + self.texts.len() + self.copies.len()
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
