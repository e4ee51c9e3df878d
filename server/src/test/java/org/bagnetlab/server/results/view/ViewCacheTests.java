package org.bagnetlab.server.results.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.function.Function;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.json.WrittenText;
import org.bagnetlab.storage.file.ArtifactStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered is what would be written now, and is written once. */
@Timeout(300)
class ViewCacheTests {

  private static final int CHANGES = 40;

  @TempDir Path data;
  private final Vertx vertx = Vertx.vertx();
  private ChangingLab lab;
  private ViewCache written;
  private int times;

  @BeforeEach
  void open() throws Exception {
    lab = new ChangingLab(data);
    written = new ViewCache(vertx, lab.database(), lab.datasets()::state);
  }

  @AfterEach
  void close() throws Exception {
    lab.close();
    TestServer.result(vertx.close());
  }

  private String ask(String asked) {
    return TestServer.result(
            written.of(asked, () -> Future.succeededFuture(WrittenText.of(asked + " " + ++times))))
        .toString();
  }

  @Test
  void whatIsAskedForAgainIsNotWrittenAgain() {
    assertThat(ask("a")).isEqualTo("a 1");
    assertThat(ask("a")).isEqualTo("a 1");
    assertThat(ask("b")).isEqualTo("b 2");
  }

  @Test
  void itIsWrittenOnceForAllWhoAskMeanwhile() {
    Promise<WrittenText> text = Promise.promise();
    List<Future<WrittenText>> asked = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      asked.add(
          written.of(
              "a",
              () -> {
                times++;
                return text.future();
              }));
    }
    text.complete(WrittenText.of("text"));
    asked.forEach(each -> assertThat(TestServer.result(each)).hasToString("text"));
    assertThat(times).isEqualTo(1);
  }

  @Test
  void aFailureIsTheAskersAndNotRemembered() {
    assertThatThrownBy(
            () ->
                TestServer.result(
                    written.of(
                        "a", () -> Future.failedFuture(new NoSuchElementException("no run")))))
        .hasRootCauseInstanceOf(NoSuchElementException.class);
    assertThat(ask("a")).isEqualTo("a 1");
  }

  @Test
  void itIsWrittenAgainOnceAJobThatSucceededOrADataSetChanges() throws Exception {
    long run = lab.train("bagnet9", 1);
    assertThat(ask("a")).isEqualTo("a 1");
    lab.queue();
    assertThat(ask("a")).isEqualTo("a 1");
    lab.tag(run);
    assertThat(ask("a")).isEqualTo("a 2");
    lab.importOrRemoveDataset();
    assertThat(ask("a")).isEqualTo("a 3");
    lab.importOrRemoveDataset();
    assertThat(ask("a")).isEqualTo("a 2");
  }

  /** Each view is that of a lab which has just been opened, after whatever was changed. */
  @Test
  void afterAnyChangeEveryViewIsWhatIsComputedAnew() throws Exception {
    Random random = new Random(18);
    try (ArtifactStore artifacts = lab.artifacts()) {
      Results remembering = lab.results(vertx, artifacts);
      for (int change = 0; change < CHANGES; change++) {
        String what = lab.change(random);
        Results opened = lab.results(vertx, artifacts);
        for (Function<Results, Future<WrittenText>> view : lab.views()) {
          String seen = TestServer.result(view.apply(remembering)).toString();
          assertThat(seen)
              .describedAs(what)
              .isEqualTo(TestServer.result(view.apply(opened)).toString());
        }
      }
    }
  }
}
