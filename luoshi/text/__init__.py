from luoshi.text.restore import restore as restore
