package org.bagnetlab.server.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Data sets in the browser: imported by upload, looked through, and deleted. */
@Timeout(300)
class DatasetsEndToEndTests {

  @RegisterExtension static final ServedDashboard DASHBOARD = new ServedDashboard();

  @TempDir private Path files = Path.of("");

  private Path zip(String name, boolean broken) throws IOException {
    Path folder = images();
    if (broken) {
      Files.write(folder.resolve("train/Coast/image_3.png"), new byte[9]);
    }
    return zip(name, folder);
  }

  private Path images() throws IOException {
    Path folder = Files.createDirectory(files.resolve("images"));
    SmallScenes.write(folder, List.of("Coast", "Open country"), 40, 30);
    return folder;
  }

  private Path zip(String name, Path folder) throws IOException {
    Path zip = files.resolve(name);
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream entries = new ZipOutputStream(out);
        Stream<Path> images = Files.walk(folder)) {
      for (Path image : images.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(new ZipEntry(folder.relativize(image).toString()));
        Files.copy(image, entries);
      }
    }
    return zip;
  }

  @Test
  void aDataSetIsImportedLookedThroughAndDeleted() throws Exception {
    Path file = zip("My scenes.zip", false);
    try (Page page = DASHBOARD.open("#/datasets")) {
      assertThat(page.getByTestId("datasets")).containsText("small-scenes");
      assertThat(page.getByTestId("no-imported-datasets")).isHidden();
      page.getByTestId("field-file").setInputFiles(file);
      assertThat(page.getByTestId("field-name")).hasValue("my-scenes");
      page.getByTestId("field-name").fill("small-scenes");
      page.getByTestId("import").click();
      assertThat(page.getByTestId("error-name")).containsText("already exists");
      assertThat(page.getByTestId("field-name")).isFocused();
      page.getByTestId("field-name").fill("my-scenes");
      page.getByTestId("import").click();
      assertThat(page.getByTestId("dataset-imports"))
          .containsText(
              "Imported my-scenes: 140 images in 2 classes, 80 for training and 60 for testing.");
      page.getByTestId("datasets").getByText("my-scenes").click();

      assertThat(page.getByTestId("dataset-facts")).containsText("all 64 × 64 pixels");
      assertThat(page.getByTestId("dataset-facts"))
          .containsText("64 training, 16 validation and 60 test images");
      assertThat(page.getByTestId("dataset-uses")).hasText("No job uses it yet.");
      Locator thumbnails = page.getByTestId("thumbnails").locator("li");
      assertThat(thumbnails).hasCount(60);
      assertThat(page.getByTestId("images-shown")).hasText("1 to 60 of 140");
      page.getByTestId("images-next").click();
      assertThat(page.getByTestId("images-shown")).hasText("61 to 120 of 140");
      page.getByTestId("dataset-classes").getByText("Open country").click();
      page.getByTestId("image-part").selectOption("test");
      assertThat(thumbnails).hasCount(30);

      thumbnails.first().locator("a").click();
      Locator large = page.getByTestId("large-image");
      assertThat(large)
          .containsText("Open country, test/Open country/image_40.png, 64 × 64 pixels");
      page.keyboard().press("ArrowRight");
      assertThat(large).containsText("image_41.png");
      assertThat(page.getByTestId("image-heatmaps"))
          .hasAttribute(
              "href",
              Pattern.compile(
                  "#/heatmaps\\?dataset=my-scenes&image=test%2FOpen(\\+|%20)country%2Fimage_41.png"));
      String address = page.url();
      try (Page again = DASHBOARD.newPage()) {
        again.navigate(address);
        assertThat(again.getByTestId("large-image")).isVisible();
        assertThat(again.getByTestId("large-image")).containsText("image_41.png");
        assertThat(again.getByTestId("image-class")).hasValue("Open country");
        assertThat(again.getByTestId("image-part")).hasValue("test");
        assertThat(again.getByTestId("image-missing")).hasCount(0);
      }
      DASHBOARD.expectErrors("nowhere.png");
      try (Page again = DASHBOARD.open("#/datasets?name=my-scenes&image=nowhere.png")) {
        assertThat(again.getByTestId("image-missing")).isVisible();
      }
      page.keyboard().press("Escape");
      assertThat(large).hasCount(0);
      assertThat(page.locator("[data-path='test/Open country/image_41.png']")).isFocused();

      page.getByTestId("delete-my-scenes").click();
      assertThat(page.locator(".question"))
          .containsText("Delete 140 images from the server’s disk? No job has used it.");
      page.getByTestId("delete-dataset-confirm").click();
      assertThat(page.locator("h1")).hasText("Data sets");
      assertThat(page.getByTestId("datasets")).not().containsText("my-scenes");
    }
  }

  @Test
  void whatMayNotBeUsedAsExpectedIsToldWithTheImport() throws Exception {
    Path folder = images();
    Files.createDirectories(folder.resolve("val/Coast"));
    Files.move(folder.resolve("train/Coast/image_1.png"), folder.resolve("val/Coast/own.png"));
    Files.copy(folder.resolve("train/Coast/image_2.png"), folder.resolve("test/Coast/copy.png"));
    try (Page page = DASHBOARD.open("#/datasets")) {
      page.getByTestId("field-file").setInputFiles(zip("warned.zip", folder));
      page.getByTestId("import").click();
      Locator warnings = page.locator("[data-import=warned]").getByTestId("import-warning");
      assertThat(warnings).hasCount(2);
      assertThat(warnings.nth(0)).containsText("The folder for validation is not kept apart");
      assertThat(warnings.nth(1)).containsText("1 duplicate between training and test");
    }
  }

  @Test
  void whatCannotBeImportedIsToldInWords() throws Exception {
    Path file = zip("broken.zip", true);
    try (Page page = DASHBOARD.open("#/datasets")) {
      page.getByTestId("import").click();
      assertThat(page.getByTestId("error-file")).hasText("Choose a zip file.");
      page.getByTestId("field-file")
          .setInputFiles(Files.write(files.resolve("a.tar"), new byte[1]));
      page.getByTestId("import").click();
      assertThat(page.getByTestId("error-file")).containsText("This is not a zip file.");
      page.getByTestId("field-file").setInputFiles(file);
      assertThat(page.getByTestId("field-name")).hasValue("broken");
      page.getByTestId("import").click();
      Locator failed = page.locator("[data-import=broken][data-state=FAILED]");
      assertThat(failed).containsText("broken: 1 of 140 images is unusable; nothing was imported:");
      assertThat(failed).containsText("train/Coast/image_3.png: ");
      page.getByTestId("import-stop-broken").click();
      assertThat(failed).hasCount(0);
      assertThat(page.getByTestId("datasets")).not().containsText("broken");
    }
  }

  @Test
  void anUploadIsCancelled() throws Exception {
    Path file = Files.write(files.resolve("any.zip"), new byte[1]);
    try (Page page = DASHBOARD.newPage()) {
      page.route("**/api/v1/datasets?name=**", stalled -> {});
      page.navigate(DASHBOARD.address() + "#/datasets");
      page.getByTestId("field-file").setInputFiles(file);
      page.waitForRequest("**/api/v1/datasets?name=**", () -> page.getByTestId("import").click());
      assertThat(page.getByTestId("upload-progress")).isVisible();
      page.getByTestId("upload-stop").click();
      assertThat(page.getByTestId("upload-progress")).hasCount(0);
      assertThat(page.getByTestId("error")).hasCount(0);
      assertThat(page.getByTestId("import")).isEnabled();
    }
  }

  @Test
  void aDataSetThatAJobNeedsIsNotDeleted() throws Exception {
    long job =
        DASHBOARD
            .lab()
            .post(
                "jobs",
                """
                {"kind": "train", "architecture": "resnet50", "dataset": "small-scenes",
                 "epochs": 100, "batchSize": 64, "imageSize": 64}
                """)
            .path("id")
            .asLong();
    try (Page page = DASHBOARD.open("#/datasets?name=small-scenes")) {
      page.setViewportSize(390, 800);
      assertThat(page.getByTestId("dataset-needed"))
          .containsText("It cannot be deleted while job " + job);
      assertThat(page.getByTestId("dataset-uses")).containsText("1 job, 1 training among them.");
      Object wide = page.evaluate("document.documentElement.scrollWidth");
      org.assertj.core.api.Assertions.assertThat(((Number) wide).intValue()).isEqualTo(390);
      DASHBOARD.lab().post("jobs/" + job + "/cancel", "{}");
      assertThat(page.getByTestId("delete-small-scenes")).isVisible();
      page.getByTestId("delete-small-scenes").click();
      assertThat(page.locator(".question")).containsText("1 job used it, 1 of them to train");
      page.getByText("Keep").click();
    }
  }
}
