package org.bagnetlab.experiment;

import java.util.List;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Parameter;

/** Describes something that users can request, once for every place that accepts or shows it. */
public interface Description {

  /** Its names, summary, source and subject. */
  About about();

  /** Its name in requests and results. */
  default String name() {
    return about().name();
  }

  /** Its display name. */
  default String label() {
    return about().label();
  }

  /** What it does, in a sentence. */
  default String summary() {
    return about().summary();
  }

  /** The publication that it is based on. */
  default Source source() {
    return about().source();
  }

  /** The network, images or predictions that it works on. */
  default Subject subject() {
    return about().subject();
  }

  /** Its parameters. Each comes after those on which its bounds and default depend. */
  List<Parameter<?>> parameters();

  /** Its results. */
  List<Output> outputs();
}
