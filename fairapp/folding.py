import unicodedata
def fold(s):
    s=s.replace('Đ','D').replace('đ','d')
    return ''.join(c for c in unicodedata.normalize('NFD',s) if not unicodedata.combining(c)).casefold()
