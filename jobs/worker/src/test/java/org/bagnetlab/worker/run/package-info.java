@NullMarked
package org.bagnetlab.worker.run;

import org.jspecify.annotations.NullMarked;
