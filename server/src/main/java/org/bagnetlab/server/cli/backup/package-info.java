/** Commands that save and restore a lab. */
package org.bagnetlab.server.cli.backup;
