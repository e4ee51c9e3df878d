/** Measuring networks while the parts of images that count most are masked. */
@NullMarked
package org.bagnetlab.experiment.spatialsensitivity;

import org.jspecify.annotations.NullMarked;
