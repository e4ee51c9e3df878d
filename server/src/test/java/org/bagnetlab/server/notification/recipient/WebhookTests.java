package org.bagnetlab.server.notification.recipient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.bagnetlab.server.message.NoticeKind;
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

  /** Test case 2 of RFC 4231. */
  @Test
  void itsSignatureIsThatOfTheStandard() {
    byte[] body = "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8);
    assertThat(Webhook.hmac("Jefe", body))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    Webhook webhook = Webhook.of("http://h/", "a long secret", ALL);
    assertThat(webhook.signature(body)).isEqualTo("sha256=" + Webhook.hmac("a long secret", body));
  }

  @Test
  void aShortSecretIsRefusedWithoutShowingIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Webhook.of("http://h/", "KEY", ALL))
        .withMessageContaining("8 characters")
        .satisfies(refused -> assertThat(refused.toString()).doesNotContain("KEY"));
  }
}
