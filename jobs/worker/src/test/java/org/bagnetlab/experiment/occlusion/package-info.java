/** The worked example of docs/adding-an-experiment.md: what can be asked for. */
@NullMarked
package org.bagnetlab.experiment.occlusion;

import org.jspecify.annotations.NullMarked;
