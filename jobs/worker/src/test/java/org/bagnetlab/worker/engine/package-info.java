@NullMarked
package org.bagnetlab.worker.engine;

import org.jspecify.annotations.NullMarked;
