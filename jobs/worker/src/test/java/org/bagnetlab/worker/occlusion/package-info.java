/** The worked example of docs/adding-an-experiment.md: how it is done. */
@NullMarked
package org.bagnetlab.worker.occlusion;

import org.jspecify.annotations.NullMarked;
