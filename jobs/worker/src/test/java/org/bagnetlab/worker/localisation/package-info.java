@NullMarked
package org.bagnetlab.worker.localisation;

import org.jspecify.annotations.NullMarked;
