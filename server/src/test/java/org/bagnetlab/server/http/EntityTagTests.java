package org.bagnetlab.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client has is not sent again. */
@Timeout(10)
class EntityTagTests {

  private final EntityTag tag = new EntityTag("abc");

  @ParameterizedTest
  @ValueSource(strings = {"\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "\"x\",W/\"abc\" ", "*"})
  void isKnown(String header) {
    assertThat(tag.isIn(header)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "\"ab\"", "\"abcd\"", "w/\"abc\"", ",", "\"abc\"-gzip"})
  void isAnother(String header) {
    assertThat(tag.isIn(header)).isFalse();
  }

  @Test
  void isNotKnownWithoutTheHeader() {
    assertThat(tag.isIn(null)).isFalse();
    assertThat(tag).hasToString("\"abc\"");
  }
}
