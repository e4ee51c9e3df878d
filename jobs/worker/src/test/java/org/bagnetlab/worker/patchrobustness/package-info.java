@NullMarked
package org.bagnetlab.worker.patchrobustness;

import org.jspecify.annotations.NullMarked;
