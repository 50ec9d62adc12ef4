import subprocess
import sys

import pytest

from seamwatch.errors import ConfigError
from seamwatch.forecast.models import MODELS, model


@pytest.mark.parametrize("name", MODELS)
def test_every_model_bears_its_name(name):
    assert model(name).name == name


def test_an_unknown_model_is_refused():
    with pytest.raises(ConfigError, match="one of"):
        model("oracle")


def test_naming_the_models_imports_nothing_heavy():
    code = "import sys, seamwatch.forecast.models; print('lightgbm' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "False"
