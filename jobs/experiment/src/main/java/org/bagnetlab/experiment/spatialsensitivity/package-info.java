/** Measures networks while the most important parts of images are masked. */
@NullMarked
package org.bagnetlab.experiment.spatialsensitivity;

import org.jspecify.annotations.NullMarked;
