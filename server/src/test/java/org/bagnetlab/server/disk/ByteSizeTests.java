package org.bagnetlab.server.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class ByteSizeTests {

  @ParameterizedTest
  @CsvSource({
    "0B, 0",
    "512 B, 512",
    "64KB, 64000",
    "800mb, 800000000",
    "50GB, 50000000000",
    "1.5TB, 1500000000000",
    "1GiB, 1073741824",
    "0.5 MiB, 524288",
  })
  void isReadAsPeopleWriteIt(String text, long bytes) {
    assertThat(ByteSize.of(text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "50", "GB", "-1GB", "50 G", "much", "1e9B", "50GBB"})
  void whatIsNoSizeIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ByteSize.of(text))
        .withMessageContaining("such as 50GB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9999999TB", "100001TB", "999999999TiB"})
  void moreThanThereIsAnywhereIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ByteSize.of(text))
        .withMessageContaining("at most 100000 TB");
    assertThat(ByteSize.of("100000TB").bytes()).isEqualTo(100_000_000_000_000_000L);
  }

  @Test
  void isShownInThreeDigitsAndNeverAsMore() {
    assertThat(ByteSize.text(0)).isEqualTo("0 B");
    assertThat(ByteSize.text(999)).isEqualTo("999 B");
    assertThat(ByteSize.text(64_000_000_000L)).isEqualTo("64 GB");
    assertThat(ByteSize.text(999_999_999)).isEqualTo("999 MB");
    assertThat(ByteSize.text(1_239_000_000)).isEqualTo("1.23 GB");
    assertThat(ByteSize.text(5_000_000_000_000_000L)).isEqualTo("5000 TB");
  }
}
