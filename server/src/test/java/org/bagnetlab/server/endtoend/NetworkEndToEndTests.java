package org.bagnetlab.server.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bagnetlab.server.SelfSigned;
import org.bagnetlab.server.access.TokenFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A lab on a network: who has no token gets nothing, in the browser and on the command line. */
@Timeout(180)
class NetworkEndToEndTests {

  @TempDir Path data;

  private Optional<Application.Running> started = Optional.empty();

  @AfterEach
  void stop() {
    started.ifPresent(Application.Running::kill);
  }

  private Application.Running serve(Application application, String... options) throws IOException {
    Application.Running server = application.serve(options);
    started = Optional.of(server);
    return server;
  }

  private Application.Running serveHttps(
      Application application, SelfSigned made, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(
        List.of(
            "--tls-certificate",
            made.certificate().toString(),
            "--tls-key",
            made.key().toString()));
    return serve(application, all.toArray(String[]::new));
  }

  @Test
  void peopleLogInWithATokenAndAreLoggedOutWhenItIsRevoked() throws Exception {
    Application application = new Application(data).withSmallScenes();
    Application.Running server = serve(application, "--host", "0.0.0.0");
    String operator = Files.readString(data.resolve(TokenFile.FIRST)).strip();
    Application.Outcome added =
        application.run("token", "add", "bob", "--role", "viewer", "--data", data.toString());
    String viewer = added.output().strip();
    try (Chromium browser = new Chromium()) {
      Page page = browser.newPage();
      page.navigate(server.address() + "#/datasets?name=" + SmallScenes.NAME);
      assertThat(page).hasTitle("Log in · Bagnet Lab");
      page.getByTestId("token").fill("nonsense");
      page.getByTestId("log-in").click();
      assertThat(page.getByTestId("problem")).containsText("not known here");
      page.getByTestId("token").fill(viewer);
      page.getByTestId("log-in").click();
      assertThat(page.getByTestId("visitor")).containsText("bob (viewer)");
      Locator delete = page.getByTestId("delete-" + SmallScenes.NAME);
      assertThat(delete).isAttached();
      assertThat(delete).isHidden();
      assertThat(
              application
                  .run("token", "remove", "bob", "--yes", "--data", data.toString())
                  .status())
          .isZero();
      assertThat(page).hasTitle("Log in · Bagnet Lab");
      page.getByTestId("token").fill(operator);
      page.getByTestId("log-in").click();
      assertThat(page.getByTestId("visitor")).containsText("operator");
      assertThat(delete).isVisible();
      delete.click();
      page.getByTestId("delete-dataset-confirm").click();
      assertThat(page).hasURL(Pattern.compile("#/datasets$"));
      page.navigate(server.address() + "#/audit");
      assertThat(page.getByTestId("audit").locator("tbody tr").first())
          .containsText(
              Pattern.compile("operator.*Deletes an imported data set.*done", Pattern.DOTALL));
      page.getByTestId("log-out").click();
      assertThat(page).hasTitle("Log in · Bagnet Lab");
    }
  }

  @Test
  void theCommandLineSaysHowToLogIn() throws Exception {
    Application application = new Application(data).withSmallScenes();
    Application.Running server = serve(application, "--login");
    Application.Outcome refused = application.run("jobs", "--server", server.address());
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.errors())
        .contains("--token or BAGNETLAB_TOKEN", "operator-token")
        .hasLineCount(1);
    assertThat(
            application
                .run("jobs", "--server", server.address().replace("http:", "https:"))
                .errors())
        .contains("does not use HTTPS");
    String token = Files.readString(data.resolve(TokenFile.FIRST)).strip();
    assertThat(application.run("jobs", "--server", server.address(), "--token", token).status())
        .isZero();
    Application knowing = new Application(data, Map.of("BAGNETLAB_TOKEN", token));
    assertThat(knowing.run("devices", "--server", server.address()).status()).isZero();
    assertThat(Files.readString(data.resolve("serve-errors.txt"))).doesNotContain(token);
  }

  @Test
  void figuresAreExportedFromAServerThatTakesATokenOverHttps(@TempDir Path files) throws Exception {
    SelfSigned made = SelfSigned.in(files);
    Application.Running server = serveHttps(new Application(data), made, "--login");
    String token = Files.readString(data.resolve(TokenFile.FIRST)).strip();
    Application knowing =
        new Application(
            data,
            Map.of(
                "BAGNETLAB_TOKEN",
                token,
                "BAGNETLAB_CA",
                made.certificate().toString(),
                "BAGNETLAB_SERVER",
                server.address()));
    Path results = files.resolve("results");
    Application.Outcome exported =
        knowing.run("results", "export", "--to", results.toString(), "--published");
    assertThat(exported.status()).as(exported.errors()).isZero();
    assertThat(results.resolve("comparison-test.svg")).isNotEmptyFile();
  }

  @Test
  void peopleLogInOverHttpsWithACookieThatNoPlainPageGets(@TempDir Path files) throws Exception {
    SelfSigned made = SelfSigned.in(files);
    Application application = new Application(data).withSmallScenes();
    Application.Running server = serveHttps(application, made, "--login");
    String operator = Files.readString(data.resolve(TokenFile.FIRST)).strip();
    try (Chromium browser = new Chromium()) {
      Page page = browser.newPageTrusting();
      page.navigate(server.address() + "#/datasets?name=" + SmallScenes.NAME);
      page.getByTestId("token").fill(operator);
      page.getByTestId("log-in").click();
      assertThat(page.getByTestId("visitor")).containsText("operator");
      assertThat(page.context().cookies())
          .singleElement()
          .satisfies(
              cookie -> {
                assertThat(cookie.name).startsWith("__Host-bagnetlab-");
                assertThat(cookie.secure).isTrue();
                assertThat(cookie.httpOnly).isTrue();
                assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.STRICT);
              });
      page.getByTestId("delete-" + SmallScenes.NAME).click();
      page.getByTestId("delete-dataset-confirm").click();
      assertThat(page).hasURL(Pattern.compile("#/datasets$"));
      page.getByTestId("log-out").click();
      assertThat(page).hasTitle("Log in · Bagnet Lab");
      assertThat(page.context().cookies()).isEmpty();
    }
  }

  @Test
  void theServerItselfServesHttps(@TempDir Path files) throws Exception {
    SelfSigned made = SelfSigned.in(files);
    Application application = new Application(data).withSmallScenes();
    Application.Running server = serveHttps(application, made);
    assertThat(server.address()).startsWith("https://127.0.0.1:");
    Application.Outcome refused = application.run("jobs", "--server", server.address());
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.errors()).contains("Cannot trust the server", "--ca FILE");
    Application.Outcome trusted =
        application.run(
            "jobs", "--server", server.address(), "--ca", made.certificate().toString());
    assertThat(trusted.errors()).isEmpty();
    assertThat(trusted.status()).isZero();
    assertThat(application.run("serve", "--tls-key", made.key().toString()).errors())
        .contains("HTTPS needs both");
  }
}
