package org.bagnetlab.experiment;

import java.util.List;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Parameter;

/** Describes something that users can request, once for every place that accepts or shows it. */
public interface Description {

  /** Its names, its source and its subject. */
  About about();

  /** Its name in requests and results. */
  default String name() {
    return about().name();
  }

  /** Its name for users. */
  default String label() {
    return about().label();
  }

  /** What it does, in a sentence. */
  default String summary() {
    return about().summary();
  }

  /** Its scientific source. */
  default Source source() {
    return about().source();
  }

  /** The network or images that it is about. */
  default Subject subject() {
    return about().subject();
  }

  /** Its settings, each after the settings that its bounds and default depend on. */
  List<Parameter<?>> parameters();

  /** Its results. */
  List<Output> outputs();
}
