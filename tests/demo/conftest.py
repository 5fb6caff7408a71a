"""What several tests of the demo share: its files, written once."""

from pathlib import Path

import pytest

from habitue.workshop.demo_files import prepare_files


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the demo's own files; a test that changes one works on a copy."""
    folder = tmp_path_factory.mktemp("demo") / "files"
    prepare_files(folder)
    return folder
