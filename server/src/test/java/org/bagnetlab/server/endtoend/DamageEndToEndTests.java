package org.bagnetlab.server.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard says of damaged data sets and weights what is wrong and what to do. */
@Timeout(120)
class DamageEndToEndTests {

  @TempDir private Path data = Path.of("");

  @Test
  void damagedOnesAreShownAndWeightsDeleted() throws Exception {
    Path dataset = Files.createDirectories(data.resolve("datasets/scenes"));
    Files.writeString(dataset.resolve("dataset.json"), "null");
    Path weights = Files.createDirectories(data.resolve("weights/zoo"));
    Files.writeString(weights.resolve("weights.json"), "null");
    Application.Running server = new Application(data).serve();
    try (Chromium browser = new Chromium()) {
      Page page = browser.newPage();
      for (String form : new String[] {"#/queue?form=train", "#/sweeps?new"}) {
        page.navigate(server.address() + form);
        page.reload();
        assertThat(page.getByTestId("damaged-dataset").first())
            .containsText("bagnetlab dataset remove scenes");
      }
      page.navigate(server.address() + "#/weights");
      assertThat(page.locator("[data-damaged=zoo]")).containsText("weights.json");
      page.getByTestId("delete-zoo").click();
      page.getByTestId("delete-weights-confirm").click();
      assertThat(page.locator("[data-damaged=zoo]")).hasCount(0);
      assertThat(page.getByTestId("empty-weights")).isVisible();
    } finally {
      server.process().destroy();
      server.process().waitFor();
    }
  }
}
