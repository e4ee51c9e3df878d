package org.bagnetlab.server.http;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.network.AboutNetwork;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.request.Excerpt;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.server.results.PredictionFilter;
import org.bagnetlab.server.results.PredictionPage;
import org.bagnetlab.server.results.PredictionFilter.Order;
import org.bagnetlab.server.results.StoredPredictedImages;
import org.bagnetlab.server.results.StoredPredictedImages.Images;

/** The predictions of networks, image by image. */
final class PredictionRoutes {

  private static final String ALL = "all";

  /** The order in which an image's results are listed. */
  private static final List<MeasuredSet> SETS =
      List.of(MeasuredSet.TEST, MeasuredSet.SCRAMBLED, MeasuredSet.VALIDATION);

  private static final int MOST_OTHERS = 20;

  private final JobQueue queue;
  private final StoredPredictedImages predictions;

  PredictionRoutes(JobQueue queue, StoredPredictedImages predictions) {
    this.queue = queue;
    this.predictions = predictions;
  }

  void mount(Router api) {
    api.get("/runs/:id/predictions").handler(this::predictions);
  }

  private void predictions(RoutingContext request) {
    PredictionFilter filter =
        new PredictionFilter(
            sets(request),
            Reply.text(request, "image"),
            Reply.text(request, "class"),
            Reply.text(request, "predicted"),
            right(request),
            alsoWrong(request),
            order(request),
            Reply.parameter(request, "top", 5, 0, PredictionFilter.MOST_TOP),
            Reply.parameter(request, "limit", 50, 1, 1000),
            Reply.parameter(request, "offset", 0, 0, Integer.MAX_VALUE));
    Reply.json(
        request,
        queue
            .find(Reply.id(request))
            .compose(
                job -> images(job).compose(images -> predictions.page(job.id(), images, filter)))
            .map(page -> ofKnownClasses(page, filter))
            .recover(PredictionRoutes::none));
  }

  private static PredictionPage ofKnownClasses(PredictionPage page, PredictionFilter filter) {
    known("class", filter.label(), page.classes());
    known("predicted", filter.predicted(), page.classes());
    return page;
  }

  private static void known(String name, Optional<String> said, List<String> classes) {
    said.filter(label -> !classes.contains(label))
        .ifPresent(
            label -> {
              throw Problem.invalid(
                      "Invalid parameter",
                      name,
                      "The run has no class '%s'. Known: %s."
                          .formatted(Excerpt.of(label), Excerpt.of(String.join(", ", classes))))
                  .exception();
            });
  }

  /** The images that a job measured its network on. */
  private Future<Images> images(Job job) {
    if (job.spec() instanceof TrainSpec training) {
      return Future.succeededFuture(new Images(training.dataset(), Optional.of(job.id())));
    }
    if (job.spec() instanceof AboutNetwork measured) {
      Optional<Images> others = measured.dataset().map(name -> new Images(name, Optional.empty()));
      if (measured.run().isPresent()) {
        return queue
            .find(measured.run().get())
            .compose(this::images)
            .map(own -> others.filter(named -> !named.dataset().equals(own.dataset())).orElse(own))
            .recover(
                failure ->
                    others.map(Future::succeededFuture).orElse(Future.failedFuture(failure)));
      }
      if (others.isPresent()) {
        return Future.succeededFuture(others.get());
      }
    }
    return Future.failedFuture(
        new NoSuchElementException("Job %d stored no predictions.".formatted(job.id())));
  }

  private static <T> Future<T> none(Throwable failure) {
    return Future.failedFuture(
        failure instanceof NoSuchElementException
            ? Problem.of(
                    404,
                    "predictions-not-found",
                    "No predictions",
                    String.valueOf(failure.getMessage()))
                .exception()
            : failure);
  }

  private static List<MeasuredSet> sets(RoutingContext request) {
    String said = Reply.text(request, "set").orElse(MeasuredSet.TEST.text());
    if (said.equals(ALL)) {
      return SETS;
    }
    return SETS.stream()
        .filter(set -> set.text().equals(said))
        .findFirst()
        .map(List::of)
        .orElseThrow(
            () ->
                unknown(
                    "set",
                    said,
                    SETS.stream().map(MeasuredSet::text).collect(Collectors.joining(", "))
                        + ", "
                        + ALL));
  }

  private static Optional<Boolean> right(RoutingContext request) {
    return Reply.text(request, "right")
        .map(
            said ->
                switch (said) {
                  case "true" -> true;
                  case "false" -> false;
                  default -> throw unknown("right", said, "true, false");
                });
  }

  private static Order order(RoutingContext request) {
    String said = Reply.text(request, "order").orElse("confidence");
    return switch (said) {
      case "confidence" -> Order.CONFIDENCE;
      case "image" -> Order.IMAGE;
      default -> throw unknown("order", said, "confidence, image");
    };
  }

  private static ProblemException unknown(String name, String said, String known) {
    return Problem.invalid(
            "Invalid parameter",
            name,
            "There is no %s '%s'. Known: %s.".formatted(name, Excerpt.of(said), known))
        .exception();
  }

  private static List<Long> alsoWrong(RoutingContext request) {
    String said = Reply.text(request, "alsoWrong").orElse("");
    if (said.isEmpty()) {
      return List.of();
    }
    List<String> numbers = Arrays.asList(said.split(",", -1));
    if (numbers.size() > MOST_OTHERS
        || numbers.stream().anyMatch(number -> !number.matches("[1-9]\\d{0,17}"))) {
      throw Problem.invalid(
              "Invalid parameter",
              "alsoWrong",
              "alsoWrong must be the numbers of at most %d runs, with commas between, but is %s."
                  .formatted(MOST_OTHERS, Excerpt.of(said)))
          .exception();
    }
    return numbers.stream().map(Long::valueOf).distinct().toList();
  }
}
