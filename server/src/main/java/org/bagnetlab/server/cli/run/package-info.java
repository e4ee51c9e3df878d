/** Commands for runs and their annotations. */
package org.bagnetlab.server.cli.run;
