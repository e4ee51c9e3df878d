/** Measuring networks while the parts of images that count most are masked. */
@NullMarked
package org.bagnetlab.worker.spatialsensitivity;

import org.jspecify.annotations.NullMarked;
