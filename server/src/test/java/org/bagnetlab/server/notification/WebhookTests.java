package org.bagnetlab.server.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class WebhookTests {

  private static final Set<NoticeKind> ALL = Set.of(NoticeKind.NEEDS_HELP);

  @Test
  void onlyItsHostIsShown() {
    Webhook webhook =
        Webhook.of("https://hooks.example:8443/services/T0/KEY?t=TOKEN", "SECRETIVE", ALL);
    assertThat(webhook.host()).isEqualTo("https://hooks.example:8443");
    assertThat(webhook.toString()).doesNotContain("KEY", "TOKEN", "SECRET");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://h/KEY",
        "file:///KEY",
        "KEY",
        "http:///KEY",
        "http://u:KEY@h/",
        "h t:KEY",
        "https://h:84430/KEY",
        "https://h:0/KEY"
      })
  void otherAddressesAreRefusedWithoutShowingThem(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Webhook.of(url, "SECRETIVE", ALL))
        .satisfies(refused -> assertThat(refused.toString()).doesNotContain("KEY"))
        .withNoCause();
  }

  @Test
  void aShortSecretIsRefusedWithoutShowingIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Webhook.of("http://h/", "KEY", ALL))
        .withMessageContaining("8 characters")
        .satisfies(refused -> assertThat(refused.toString()).doesNotContain("KEY"));
  }
}
