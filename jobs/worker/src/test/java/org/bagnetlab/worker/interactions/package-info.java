@NullMarked
package org.bagnetlab.worker.interactions;

import org.jspecify.annotations.NullMarked;
