package org.bagnetlab.server.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.BoundingBox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A person's path through the queue: put jobs in order, change several at once, queue another. */
@Timeout(300)
class QueueEndToEndTests {

  @RegisterExtension static final ServedDashboard DASHBOARD = new ServedDashboard();

  private static long submit(int seed, int epochs) throws Exception {
    return DASHBOARD
        .lab()
        .post(
            "jobs",
            """
            {"kind": "train", "dataset": "small-scenes", "architecture": "bagnet9", "width": 0.03,
             "epochs": %d, "batchSize": 64, "seed": %d}
            """
                .formatted(epochs, seed))
        .path("id")
        .asLong();
  }

  /** Jobs of which the first runs, for long. */
  private static List<Long> submitted(int jobs) throws Exception {
    List<Long> ids = new ArrayList<>();
    for (int seed = 1; seed <= jobs; seed++) {
      ids.add(submit(seed, 1000));
    }
    return ids;
  }

  @AfterEach
  void cancelAll() throws Exception {
    Lab lab = DASHBOARD.lab();
    for (String state : List.of("QUEUED", "PAUSED", "RUNNING")) {
      List<String> open = lab.get("jobs?state=" + state).path("jobs").findValuesAsText("id");
      if (!open.isEmpty()) {
        lab.post("jobs/change", "{\"action\": \"cancel\", \"jobs\": %s}".formatted(open));
      }
    }
  }

  private static Locator queue(Page page) {
    return page.getByTestId("group-next").locator("li");
  }

  private static void hasOrder(Page page, Long... ids) {
    assertThat(queue(page)).hasCount(ids.length, within(1));
    for (int i = 0; i < ids.length; i++) {
      assertThat(queue(page).nth(i)).hasAttribute("data-job-id", String.valueOf(ids[i]));
    }
  }

  private static LocatorAssertions.HasCountOptions within(int minutes) {
    return new LocatorAssertions.HasCountOptions().setTimeout(60_000.0 * minutes);
  }

  @Test
  void jobsAreDraggedAndMovedWithTheKeyboard() throws Exception {
    List<Long> ids = submitted(4);
    Page page = DASHBOARD.open("#/queue");
    hasOrder(page, ids.get(1), ids.get(2), ids.get(3));
    assertThat(page.getByTestId("group-running").locator("li"))
        .hasAttribute("data-job-id", String.valueOf(ids.get(0)));
    assertThat(queue(page).nth(2)).containsText("3rd to start");

    // Rows move down once it reports its progress.
    assertThat(page.getByTestId("group-running"))
        .containsText("Epoch", new LocatorAssertions.ContainsTextOptions().setTimeout(60_000));
    page.getByTestId("drag-" + ids.get(3)).hover();
    BoundingBox handle = box(page.getByTestId("drag-" + ids.get(3)));
    BoundingBox first = box(queue(page).first());
    page.mouse().down();
    page.mouse().move(handle.x, first.y + first.height / 2);
    page.mouse().move(handle.x, first.y + 2);
    assertThat(page.locator(".job-drop-before")).hasCount(1);
    page.mouse().up();
    hasOrder(page, ids.get(3), ids.get(1), ids.get(2));
    assertThat(page.getByTestId("moved"))
        .hasText("Job #%d is now 1st to start.".formatted(ids.get(3)));

    page.getByTestId("drag-" + ids.get(3)).press("ArrowDown");
    hasOrder(page, ids.get(1), ids.get(3), ids.get(2));
    assertThat(page.getByTestId("drag-" + ids.get(3))).isFocused();
    page.keyboard().press("Home");
    hasOrder(page, ids.get(3), ids.get(1), ids.get(2));
    assertThat(DASHBOARD.lab().get("jobs?state=QUEUED").path("jobs").findValuesAsText("id"))
        .containsExactly("" + ids.get(3), "" + ids.get(1), "" + ids.get(2));

    // It has started: that it was moved is no longer news.
    DASHBOARD.lab().post("jobs/" + ids.get(0) + "/cancel", "");
    assertThat(page.getByTestId("group-running").locator("li"))
        .hasAttribute(
            "data-job-id",
            String.valueOf(ids.get(3)),
            new LocatorAssertions.HasAttributeOptions().setTimeout(60_000));
    assertThat(page.getByTestId("moved")).isEmpty();
  }

  private static BoundingBox box(Locator locator) {
    return Objects.requireNonNull(locator.boundingBox());
  }

  @Test
  void selectedJobsAreChangedTogether() throws Exception {
    List<Long> ids = submitted(5);
    Page page = DASHBOARD.newPage();
    page.setViewportSize(390, 844);
    page.navigate(DASHBOARD.address() + "#/queue");
    hasOrder(page, ids.get(1), ids.get(2), ids.get(3), ids.get(4));
    page.getByTestId("select-" + ids.get(3)).check();
    page.getByTestId("select-" + ids.get(4)).check();
    page.getByTestId("selected-first").click();
    hasOrder(page, ids.get(3), ids.get(4), ids.get(1), ids.get(2));
    assertThat(page.getByTestId("moved")).hasText("2 jobs moved: now 1st and 2nd in the queue.");
    page.getByTestId("selected-pause").click();
    hasOrder(page, ids.get(1), ids.get(2));
    assertThat(page.getByTestId("group-on-hold").locator("li")).hasCount(2);
    assertThat(page.getByTestId("moved")).hasText("2 jobs paused.");
    page.getByTestId("select-next").check();
    page.getByTestId("select-" + ids.get(3)).check();
    page.getByTestId("selected-cancel").click();
    page.getByTestId("selected-cancel-confirm").click();
    assertThat(page.getByTestId("moved")).hasText("3 jobs cancelled.");
    assertThat(page.getByTestId("group-ended").locator("li[data-state=CANCELLED]"))
        .not()
        .hasCount(0);
    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(390);
    // The list is what a reader comes for; the form is below it, and a button leads there.
    assertThat(box(page.getByTestId("jobs").first()).y)
        .isLessThan(box(page.getByTestId("submit-form")).y);
    page.getByTestId("to-form").click();
    assertThat(page.getByTestId("field-kind")).isInViewport();
  }

  @Test
  void aJobThatHasEndedSaysTheTimeOfItsWorkersAndTheFormThatOfLikeJobs() throws Exception {
    long job = submit(1, 1);
    DASHBOARD
        .lab()
        .await(job, Duration.ofMinutes(1), now -> now.path("state").asText().equals("SUCCEEDED"));
    Page page = DASHBOARD.open("#/jobs/" + job);
    assertThat(page.getByTestId("job")).containsText(Pattern.compile("Ended .*, ran \\d+\\ss"));
    page.getByTestId("copy").click();
    assertThat(page.getByTestId("expected-time"))
        .containsText(Pattern.compile("About \\d+\\ss of device time"));
  }

  @Test
  void theButtonIsInViewAndNamesAnEqualJob() throws Exception {
    for (int width : new int[] {390, 1440}) {
      Page page = DASHBOARD.newPage();
      page.setViewportSize(width, 844);
      page.navigate(DASHBOARD.address() + "#/queue?form=train");
      Locator submit = page.getByTestId("submit");
      submit.waitFor();
      page.getByTestId("field-architecture").selectOption("bagnet9");
      page.locator("summary", new Page.LocatorOptions().setHasText("Augmentation")).click();
      page.getByTestId("field-mixup").fill("0.2");
      assertThat(page.locator("summary").getByText("1 changed")).isVisible();
      page.getByTestId("field-kind").scrollIntoViewIfNeeded();
      BoundingBox button = box(submit);
      assertThat(button.y + button.height).isLessThanOrEqualTo(844);
      page.close();
    }
    Page page = DASHBOARD.open("#/queue?form=train");
    ServedDashboard.pick(page.getByTestId("field-kind"), "Training");
    page.getByTestId("field-architecture").selectOption("bagnet9");
    page.getByTestId("field-dataset").selectOption("small-scenes");
    page.getByTestId("field-width").fill("0.03");
    page.getByTestId("field-epochs").fill("1000");
    page.getByTestId("submit").click();
    Locator queued = page.getByTestId("submitted").locator("a");
    String id = String.valueOf(queued.getAttribute("data-job-id"));
    page.getByTestId("field-epochs").fill("999");
    assertThat(page.getByTestId("equal-jobs")).hasCount(0);
    page.reload();
    page.navigate(DASHBOARD.address() + "#/jobs/" + id);
    page.getByTestId("copy").click();
    assertThat(page.getByTestId("equal-jobs"))
        .containsText("A job with the same settings exists: #" + id);
    assertThat(page.getByTestId("submit")).hasText("Queue the job again");
    page.getByTestId("submit").click();
    assertThat(page.getByTestId("submitted")).isVisible();
  }
}
