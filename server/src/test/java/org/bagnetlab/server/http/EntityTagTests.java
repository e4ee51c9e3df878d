package org.bagnetlab.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
    assertThat(tag.isIn(List.of(header))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "\"ab\"", "\"abcd\"", "w/\"abc\"", ",", "W/*", "\"abc\"-gzip"})
  void isAnother(String header) {
    assertThat(tag.isIn(List.of(header))).isFalse();
  }

  @Test
  void isNotKnownWithoutTheHeader() {
    assertThat(tag.isIn(List.of())).isFalse();
    assertThat(tag.isIn(List.of("\"x\"", "\"abc\""))).isTrue();
    assertThat(tag).hasToString("\"abc\"");
  }
}
