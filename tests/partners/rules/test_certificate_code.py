"""What no code of a certificate is (R035)."""

import pytest

from partners.rules.certificate_code import named


@pytest.mark.parametrize(
    "text", ["", "ZS-ABCDEFGHIJ", "ZS1-ABC", "ZS1-ABCDEFGHI1", "ZS１-ABCDEFGHIJ", "xZS1-ABCDEFGHIJ"]
)
def test_r035_shapes_that_are_none(text):
    assert named(text) is None
