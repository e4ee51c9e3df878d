@NullMarked
package org.bagnetlab.worker.masking;

import org.jspecify.annotations.NullMarked;
