@NullMarked
package org.bagnetlab.worker.command;

import org.jspecify.annotations.NullMarked;
