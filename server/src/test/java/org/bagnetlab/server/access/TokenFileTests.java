package org.bagnetlab.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TokenFileTests {

  @TempDir Path data;

  private TokenFile file() {
    return TokenFile.in(data, Clock.systemUTC());
  }

  @Test
  void aTokenLogsInAndItsFileDoesNotTellIt() throws Exception {
    String token = file().add("ann", Role.VIEWER);
    TokenAccess access = TokenAccess.read(file());
    assertThat(access.user(token)).contains(new User("ann", Role.VIEWER));
    assertThat(access.user(token + "x")).isEmpty();
    assertThat(access.user("")).isEmpty();
    String stored = Files.readString(data.resolve(TokenFile.NAME));
    assertThat(stored).contains("ann").doesNotContain(token);
    assertThat(access.user(file().read().get(0).sha256())).isEmpty();
  }

  @Test
  void onlyTheOwnerReadsTheFiles() throws Exception {
    Path first = file().first().orElseThrow();
    for (Path file : List.of(first, data.resolve(TokenFile.NAME))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void theFirstTokenIsMadeOnce() throws Exception {
    Path first = file().first().orElseThrow();
    String token = Files.readString(first).strip();
    assertThat(TokenAccess.read(file()).user(token)).contains(new User("operator", Role.OPERATOR));
    assertThat(file().first()).contains(first);
    assertThat(Files.readString(first).strip()).isEqualTo(token);
    Files.delete(first);
    assertThat(file().first()).isEmpty();
    assertThat(file().remove("operator")).isTrue();
    assertThat(TokenAccess.read(file()).user(token)).isEmpty();
  }

  @Test
  void namesAreUniqueAndShort() throws Exception {
    var _ = file().add("ann", Role.VIEWER);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> file().add("ann", Role.OPERATOR))
        .withMessageContaining("token remove ann");
    for (String name : List.of("", "a b", "../x", "x".repeat(33), "a\n")) {
      assertThatIllegalArgumentException().isThrownBy(() -> file().add(name, Role.VIEWER));
    }
    assertThat(file().remove("bob")).isFalse();
  }

  @Test
  void aDamagedFileSaysHowToGoOn() throws Exception {
    for (String text : List.of("{", "{\"tokens\":[{}]}", "{\"tokens\":[{\"role\":\"viewer\"}]}")) {
      Files.writeString(data.resolve(TokenFile.NAME), text);
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> file().read())
          .withMessageContaining("token add NAME");
    }
  }
}
